import {
  Finding,
  liveObjectsFollowBundle,
  MeshStatus,
  MeshVerification,
  noRestartPending,
  Phase,
  Rung,
  rungs,
  rungWords,
} from '@meshway/plugin-meshed-service-common';

/** What each phase promises to whoever asked for the service. */
const promises: Record<Phase, Rung> = {
  observe: 'opportunistic',
  audit: 'audit',
  enforce: 'enforced',
};

const MOST_REASONS = 3;

/** @returns whether the mesh does what the phase of a service promises; where it does not, why, and what helps. */
export function meshVerification(
  phase: Phase,
  status: MeshStatus,
): MeshVerification {
  const promised = promises[phase];
  const { verdict, summary } = status;
  const bad = status.findings.filter(
    ({ state }) => state === 'degraded' || state === 'missing',
  );
  if (verdict.kind === 'known' && keeps(phase, verdict.rung))
    return {
      state: 'ok',
      promised,
      message: [summary, ...saidBy(bad)].join(' '),
      status,
    };
  const fixes = fixesOf(bad);
  const about = `${rungWords[promised].label} is promised.`;
  return {
    state: verdict.kind === 'known' ? 'progressing' : 'unknown',
    promised,
    message: [about, summary, ...saidBy(bad)].join(' '),
    ...(fixes ? { fix: fixes } : {}),
    ...(bad.some(each => each.code === noRestartPending.code)
      ? { needsRestart: true as const }
      : {}),
    status,
  };
}

/** @returns whether something else is seen than what was rendered. */
export function differs({ findings }: MeshStatus): boolean {
  return findings.some(
    ({ code, state }) =>
      code === liveObjectsFollowBundle.code && state !== 'ok',
  );
}

/** Who observes may be stricter; the others do exactly what they say. */
function keeps(phase: Phase, rung: Rung): boolean {
  const promised = promises[phase];
  return phase === 'observe'
    ? rungs.indexOf(rung) >= rungs.indexOf(promised)
    : rung === promised;
}

function saidBy(findings: readonly Finding[]): string[] {
  return findings
    .slice(0, MOST_REASONS)
    .map(({ code, message }) => `${code}: ${message}`);
}

/** The same advice is given once. */
function fixesOf(findings: readonly Finding[]): string {
  const fixes = findings.slice(0, MOST_REASONS).flatMap(({ fix }) => fix ?? []);
  return [...new Set(fixes)].join(' ');
}
