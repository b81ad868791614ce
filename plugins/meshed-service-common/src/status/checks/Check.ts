import type { Instant } from '../../model';
import type { MeshedServiceSpec } from '../../spec';
import type { Evidence, State } from '../MeshStatus';
import { Observation, ObservedKind, whyNotCurrent } from '../Observation';
import type { TrafficEvidence } from '../../traffic';

/**
 * What a check looks at.
 *
 * @public
 */
export type Facts = {
  spec: MeshedServiceSpec | undefined;
  observation: Observation;
  /** Undefined when no source is configured. */
  traffic: TrafficEvidence | undefined;
  now: Instant;
};

/**
 * What a check found. `undefined` instead of it: the check does not concern this service.
 *
 * @public
 */
export type Outcome = {
  state: State;
  message: string;
  evidence: Evidence[];
  fix?: string;
};

/**
 * One sentence that should be true of a service.
 *
 * @public
 */
export type Check = {
  /** `MSC###`, stable and never reused. */
  code: string;
  title: string;
  /** What the sentence rests on: while one of them is not current, the answer is `unknown`. */
  restsOn: readonly ObservedKind[];
  evaluate(facts: Facts): Outcome | undefined;
};

/** @returns that the sentence is true. */
export function ok(message: string): Outcome {
  return { state: 'ok', message, evidence: [] };
}

type Detail = { evidence?: Evidence[]; fix?: string };

const outcome =
  (state: State) =>
  (message: string, { evidence = [], fix }: Detail = {}): Outcome => ({
    state,
    message,
    evidence,
    ...(fix ? { fix } : {}),
  });

/** Something is wrong. */
export const degraded = outcome('degraded');
/** Something that is needed is absent. */
export const missing = outcome('missing');
/** On its way without anybody's doing. */
export const progressing = outcome('progressing');
/** Nobody can tell. */
export const unknown = outcome('unknown');

/**
 * @returns the outcome of a check; `unknown` when something that it rests on is not current.
 *
 * @public
 */
export function evaluateCheck(check: Check, facts: Facts): Outcome | undefined {
  const found = check.evaluate(facts);
  const because = whyNotCurrent(facts.observation, check.restsOn);
  if (!because || !found) return found;
  return { state: 'unknown', message: because, evidence: [] };
}

/** @returns how many of how many, as people say it: `The only pod`, `All 3 pods`, `1 of 3 pods`. */
export function share(some: number, all: number, noun: string): string {
  if (some < all) return `${some} of ${all} ${noun}s`;
  return all === 1 ? `The only ${noun}` : `All ${all} ${noun}s`;
}
