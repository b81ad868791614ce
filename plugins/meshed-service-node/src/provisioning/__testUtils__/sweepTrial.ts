import { assertError } from '@backstage/errors';
import { inspect } from 'node:util';
import { RequestLimits } from '../../http';
import { Fault, FaultRun } from './faultProxy';

/** One thing on which the operation is tried, with a line to the systems of its own. */
export type Subject = {
  /** Sets what happens to requests from now on. */
  use(run: FaultRun): void;
  /** Attempts the operation. @returns its receipt. */
  attempt(): Promise<unknown>;
  /** Whether it looks again and again until something is gone: then a run may have fewer requests than another. */
  waits: boolean;
  /** The state that it has left, without what differs from case to case. */
  state(): Promise<unknown>;
  /** Writes down what people are told. */
  hear(told: string): void;
  /**
   * What must never be, whatever the end: something of others was touched, something is left to do, a secret was told.
   *
   * @returns in words.
   */
  flaws(secrets: readonly string[]): Promise<string[]>;
  end(): Promise<void>;
};

/** What a run without any fault had, and left. */
export type Undisturbed = {
  requests: number;
  /** Requests that were not the same as an earlier one. */
  different: number;
  state: string;
};

/** What one case has shown. */
export type Trial = {
  /** `beyond`: it could not be struck, since this run had no k-th request. */
  reached: 'struck' | 'beyond' | 'missed';
  repeated: boolean;
  givenUp: boolean;
  failures: string[];
};

const isAway = /^ServiceUnavailableError: /;

/** Tries one case on a subject of its own, and ends it. */
export async function tryOnce(
  subject: Subject,
  fault: Fault,
  calm: Undisturbed,
  { limits, secrets }: { limits: RequestLimits; secrets: readonly string[] },
): Promise<Trial> {
  const failures: string[] = [];
  const run = new FaultRun(fault);
  subject.use(run);
  const failed = await attempt(subject);
  const repeat = new FaultRun();
  subject.use(repeat);
  const reached = reachedBy(run, fault, calm, subject);
  if (reached === 'missed')
    failures.push(
      `the fault never struck: ${run.requests.length} requests came by`,
    );
  if (failed !== undefined && !fault.withRetries && !run.struckForge)
    failures.push(`did not get over it: ${failed}`);
  // A system that is away gives no reason to blame the user, his rights or others.
  if (failed !== undefined && !run.struckForge && !isAway.test(failed))
    failures.push(`blamed somebody: ${failed}`);
  if (failed === undefined && reached === 'struck' && fault.withRetries)
    failures.push(...tooFewStrikes(run, limits));
  if (failed !== undefined) {
    const again = await attempt(subject);
    if (again !== undefined) failures.push(`a repeat failed: ${again}`);
  }
  const state = JSON.stringify(await subject.state());
  if (state !== calm.state) failures.push(`ended otherwise: ${state}`);
  failures.push(...(await subject.flaws(secrets)));
  await subject.end();
  return {
    reached,
    repeated: failed !== undefined,
    givenUp: run.givenUp + repeat.givenUp > 0,
    failures,
  };
}

/** @returns why it failed, as people are told; all of what there is to be logged is heard. */
async function attempt(subject: Subject): Promise<string | undefined> {
  try {
    subject.hear(JSON.stringify(await subject.attempt()));
    return undefined;
  } catch (error) {
    assertError(error);
    subject.hear(`${error.message} ${inspect(error, { depth: 10 })}`);
    return `${error.name}: ${error.message}`;
  }
}

/** A run without a k-th request has to be like the undisturbed one in all but how often it looked whether something is gone. */
function reachedBy(
  run: FaultRun,
  { at }: Fault,
  calm: Undisturbed,
  { waits }: Subject,
): Trial['reached'] {
  if (run.struck > 0) return 'struck';
  const isShorter = waits && run.requests.length < at;
  return isShorter && requestsIn(run) === calm.different ? 'beyond' : 'missed';
}

/** An operation that ends well although a request failed for good has to have tried that request as often as it may. */
function tooFewStrikes(
  { struck, struckForge }: FaultRun,
  { attempts }: RequestLimits,
): string[] {
  if (struckForge || struck >= attempts) return [];
  return [
    `ended well after ${struck} of ${attempts} attempts: the next one was not the same request`,
  ];
}

/** @returns how many different requests a run had. */
export function requestsIn({ requests }: FaultRun): number {
  return new Set(requests.map(each => JSON.stringify(each))).size;
}
