import type { AuditorService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Request } from 'express';

/** Something that is attempted, for the audit log. */
export type Attempt = {
  eventId: string;
  /** Who asks from where is read from it. */
  request: Request;
  severityLevel?: 'low' | 'medium' | 'high' | 'critical';
  meta: JsonObject;
};

/**
 * Leaves a trace of an attempt, of its end, and of what was noted on the way. Whatever cannot be traced is not attempted.
 *
 * @param work - notes facts as it learns them; never a secret, never a body.
 */
export async function audited<Result>(
  auditor: AuditorService,
  attempt: Attempt,
  work: (note: (facts: JsonObject) => void) => Promise<Result>,
): Promise<Result> {
  const event = await auditor.createEvent(attempt);
  const noted: JsonObject = {};
  let result: Result;
  try {
    result = await work(facts => Object.assign(noted, facts));
  } catch (error) {
    await event.fail({ meta: noted, error: toError(error) });
    throw error;
  }
  await event.success({ meta: noted });
  return result;
}
