import type { WriteOptions } from '@meshway/plugin-meshed-service-node';
import type { StepContext } from './StepServices';

/** When, by whom, by which task: kept by a checkpoint, so that a retry writes what the first attempt would have. */
export async function creationFacts(
  service: string,
  by: string,
  ctx: Pick<StepContext, 'checkpoint' | 'task'>,
): Promise<WriteOptions['created']> {
  return ctx.checkpoint({
    key: `created:${service}`,
    fn: async () => ({ by, at: new Date().toISOString(), task: ctx.task.id }),
  });
}
