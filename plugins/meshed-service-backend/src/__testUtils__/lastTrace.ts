import type { aPortal } from './aPortal';

/** @returns name, end and facts of the last audit event: what its creation said, and what was noted on the way. */
export async function lastTrace({
  auditor: { createEvent },
}: Pick<ReturnType<typeof aPortal>, 'auditor'>): Promise<
  [eventId: string | undefined, end: string, facts: object]
> {
  const asked = createEvent.mock.lastCall?.[0];
  const event = await createEvent.mock.results.at(-1)?.value;
  const [succeeded] = event.success.mock.calls;
  const [failed] = event.fail.mock.calls;
  const [end] = succeeded ?? failed ?? [];
  const how = [succeeded && 'succeeded', failed && 'failed'].filter(Boolean);
  return [asked?.eventId, how.join(' and '), { ...asked?.meta, ...end?.meta }];
}
