import { z } from 'zod';
import { fieldChangeSchema } from './fieldChange';

/** What would happen to one file of the service's repository. @public */
export const plannedFileSchema = z.object({
  path: z.string(),
  ownership: z.enum(['managed', 'shared', 'team']),
  /** `conflict`: the file is there, differs, and is not ours to change. */
  change: z.enum(['create', 'change', 'delete', 'unchanged', 'conflict']),
  /** Where the file is one object, and differs: in which fields. */
  changes: z.array(fieldChangeSchema).optional(),
});
/** What would happen to one file of the service's repository. @public */
export type PlannedFile = z.infer<typeof plannedFileSchema>;
