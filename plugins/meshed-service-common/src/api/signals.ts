import { z } from 'zod';

/** Channel of Backstage's signals on which changes of statuses are announced. @public */
export const statusChannel = 'meshed-service:status';

/**
 * Which edition of a status somebody holds. It comes with every status that is answered. The key is made with a secret of the
 * process that answered, so that only who may read a status can tell its announcements from those of others; a name cannot be
 * learnt from it, nor a guess be confirmed. Each process announces what it sees under its own keys.
 * @public
 */
export const statusMarkSchema = z.object({
  key: z.string(),
  version: z.number().int(),
});
/** Which edition of a status somebody holds. @public */
export type StatusMark = z.infer<typeof statusMarkSchema>;

/** How many changes one announcement names at most. @public */
export const MAX_ANNOUNCED = 500;

/** Message on the channel: which statuses have another edition now. @public */
export const statusSignalSchema = z.object({
  changed: z.array(statusMarkSchema).max(MAX_ANNOUNCED),
  /** More has changed than is named: whoever shows a status reads it again. */
  more: z.boolean(),
});
/** Message on the channel: which statuses have another edition now. @public */
export type StatusSignal = z.infer<typeof statusSignalSchema>;

/** @returns whether who holds an edition of a status has to read it again, through the route that authorizes. @public */
export function isOutdated(held: StatusMark, signal: StatusSignal): boolean {
  const announced = signal.changed.find(({ key }) => key === held.key);
  return announced ? announced.version !== held.version : signal.more;
}
