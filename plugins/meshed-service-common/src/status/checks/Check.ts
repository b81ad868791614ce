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
  /** Whether the sentence is about this service at all, as far as that can be told without what it rests on. Absent: always. */
  concerns?(facts: Facts): boolean;
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
/** Not enough can be seen. */
export const unknown = outcome('unknown');
/** On its way without anybody's doing. */
export const progressing = outcome('progressing');

/**
 * @returns the outcome of a check; `unknown` when something that it rests on is not current. What cannot be seen is not taken
 *   for absent: a check that would find nothing to look at is unknown, too.
 *
 * @public
 */
export function evaluateCheck(check: Check, facts: Facts): Outcome | undefined {
  if (check.concerns && !check.concerns(facts)) return undefined;
  const because = whyNotCurrent(facts.observation, check.restsOn);
  return because ? unknown(because) : check.evaluate(facts);
}

/** @returns whether somebody asked for the service, so that there is something to compare it with. */
export function isDeclared({ spec }: Facts): boolean {
  return spec !== undefined;
}

/** @returns whether a pod of the service runs a proxy. */
export function isMeshed({ observation }: Facts): boolean {
  return observation.pods.some(({ proxy }) => proxy);
}

/** @returns how many of how many, as people say it: `The only pod`, `All 3 pods`, `1 of 3 pods`. */
export function share(some: number, all: number, noun: string): string {
  if (some < all) return `${some} of ${all} ${noun}s`;
  return all === 1 ? `The only ${noun}` : `All ${all} ${noun}s`;
}
