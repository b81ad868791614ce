import type { Rung, State, Verdict } from './MeshStatus';

/** What card, fleet and CLI call a thing, and what it means for the owner of a service. */
export type Words = { label: string; meaning: string };

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

export const stateWords: Record<State, Words> = {
  ok: { label: 'OK', meaning: 'As it should be.' },
  progressing: { label: 'Progressing', meaning: 'On its way.' },
  unknown: { label: 'Unknown', meaning: 'Not enough could be seen to tell.' },
  missing: { label: 'Missing', meaning: 'Something that is needed is absent.' },
  degraded: { label: 'Degraded', meaning: 'Something is wrong.' },
};

/** Somebody asked for the service, and nothing of it was seen. */
export const declaredOnly: Words = {
  label: 'Declared, nothing observed yet',
  meaning:
    'Nothing of this service has been seen in its cluster, so nothing is known about its mTLS.',
};

/** Nobody is known to have asked for it, and nothing of it could be seen. */
export const nothingKnown: Words = {
  label: 'Nothing observed',
  meaning:
    'Nothing of this service could be seen in its cluster, so nothing is known about it.',
};

export const noTraffic =
  'No traffic source is configured, so nothing is known about traffic.';

/** @returns what a verdict is called, and what it means. */
export function verdictWords(verdict: Verdict): Words {
  if (verdict.kind === 'known') return rungWords[verdict.rung];
  const atMost = rungWords[verdict.atMost].label;
  return {
    label: 'Unknown',
    meaning: `${verdict.because} It is at most: ${atMost}.`,
  };
}
