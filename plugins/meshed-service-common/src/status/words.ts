import type { Rung, State, Verdict } from './MeshStatus';

/**
 * What card, fleet and CLI call a thing, and what it means for the owner of a service.
 *
 * @public
 */
export type Words = { label: string; meaning: string };

/**
 * The words for each rung of the ladder.
 *
 * @public
 */
export const rungWords: Record<Rung, Words> = {
  notMeshed: {
    label: 'Not meshed',
    meaning:
      'Traffic reaches the service with no proxy in between: nothing is encrypted and no policy applies.',
  },
  partiallyMeshed: {
    label: 'Partially meshed',
    meaning:
      'Some pods run without a proxy: what reaches them is neither encrypted nor checked.',
  },
  identityUnhealthy: {
    label: 'Identity unhealthy',
    meaning: 'A proxy has no working identity: mTLS with it fails.',
  },
  opportunistic: {
    label: 'Opportunistic',
    meaning: 'Meshed clients use mTLS, and plaintext is let in, too.',
  },
  audit: {
    label: 'Audit',
    meaning:
      'Everyone is let in; what the policy would deny is recorded as such.',
  },
  enforced: {
    label: 'Enforced',
    meaning: 'Only clients with an allowed mesh identity are let in.',
  },
};

/**
 * The words for each state.
 *
 * @public
 */
export const stateWords: Record<State, Words> = {
  ok: { label: 'OK', meaning: 'As it should be.' },
  progressing: { label: 'Progressing', meaning: 'On its way.' },
  unknown: { label: 'Unknown', meaning: 'Not enough could be seen to tell.' },
  missing: { label: 'Missing', meaning: 'Something that is needed is absent.' },
  degraded: { label: 'Degraded', meaning: 'Something is wrong.' },
};

/**
 * Somebody asked for the service, and nothing of it was seen.
 *
 * @public
 */
export const declaredOnly: Words = {
  label: 'Declared, nothing observed yet',
  meaning:
    'Nothing of this service has been seen in its cluster, so nothing is known about its mTLS.',
};

/**
 * Nobody is known to have asked for it, and nothing of it could be seen.
 *
 * @public
 */
export const nothingKnown: Words = {
  label: 'Nothing observed',
  meaning:
    'Nothing of this service could be seen in its cluster, so nothing is known about it.',
};

/**
 * What is said of traffic while nothing measures it.
 *
 * @public
 */
export const noTraffic =
  'No traffic source is configured, so nothing is known about traffic.';

/**
 * @returns what a verdict is called, and what it means.
 *
 * @public
 */
export function verdictWords(verdict: Verdict): Words {
  if (verdict.kind === 'known') return rungWords[verdict.rung];
  const atMost = rungWords[verdict.atMost].label;
  return {
    label: 'Unknown',
    meaning: `${verdict.because} It is at most: ${atMost}.`,
  };
}
