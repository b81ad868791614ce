import { z } from 'zod';

/** A field that a write would change: what stands there, and what would. As JSON, cut short; absent where there is nothing. @public */
export const fieldChangeSchema = z.object({
  field: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
});
/** @public */
export type FieldChange = z.infer<typeof fieldChangeSchema>;
