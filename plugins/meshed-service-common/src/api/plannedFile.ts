import { z } from 'zod';

/** What would happen to one file of the service's repository. @public */
export const plannedFileSchema = z.object({
  path: z.string(),
  ownership: z.enum(['managed', 'shared', 'team']),
  /** `conflict`: the file is there, differs, and is not ours to change. */
  change: z.enum(['create', 'change', 'delete', 'unchanged', 'conflict']),
});
/** What would happen to one file of the service's repository. @public */
export type PlannedFile = z.infer<typeof plannedFileSchema>;
