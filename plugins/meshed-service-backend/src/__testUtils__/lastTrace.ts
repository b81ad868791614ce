import type { aPortal } from './aPortal';

/** @returns name, end and facts of the last audit event: what its creation said, and what was noted on the way. */
export async function lastTrace({
  auditor: { createEvent },
}: Pick<ReturnType<typeof aPortal>, 'auditor'>): Promise<
  [eventId: string, end: string, facts: object]
> {
  const [{ eventId, meta }] = createEvent.mock.lastCall ?? [];
  const event = await createEvent.mock.results.at(-1)?.value;
  const [succeeded] = event.success.mock.calls;
  const [failed] = event.fail.mock.calls;
  const [end] = succeeded ?? failed ?? [];
  const how = [succeeded && 'succeeded', failed && 'failed'].filter(Boolean);
  return [eventId, how.join(' and '), { ...meta, ...end?.meta }];
}
