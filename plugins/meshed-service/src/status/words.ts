import type {
  Rung,
  State,
  Verdict,
} from '@meshway/plugin-meshed-service-common';

export const rungWords: Record<Rung, { label: string; meaning: string }> = {
  notMeshed: { label: 'Not meshed', meaning: 'm' },
  partiallyMeshed: { label: 'Partially meshed', meaning: 'm' },
  identityUnhealthy: { label: 'Identity unhealthy', meaning: 'm' },
  opportunistic: { label: 'Opportunistic', meaning: 'm' },
  audit: { label: 'Audit', meaning: 'm' },
  enforced: { label: 'Enforced', meaning: 'm' },
};
export const stateWords: Record<State, { label: string }> = {
  ok: { label: 'Ok' },
  progressing: { label: 'Progressing' },
  unknown: { label: 'Unknown' },
  missing: { label: 'Missing' },
  degraded: { label: 'Degraded' },
};
export function verdictWords(verdict: Verdict & { kind: 'unknown' }) {
  return {
    label: 'Unknown',
    meaning: `Could be at most ${rungWords[verdict.atMost].label}: ${
      verdict.because
    }`,
  };
}
export const declaredOnly = {
  label: 'Declared, nothing observed yet',
  meaning: 'm',
};
export const nothingKnown = { label: 'Nothing observed', meaning: 'm' };
