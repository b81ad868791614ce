import { Problem } from '@meshway/plugin-meshed-service-common';
import { Kubernetes } from '../../kubernetes';

/** The oldest server that has all of what is used: ValidatingAdmissionPolicy is stable from here on. */
const OLDEST = { major: 1, minor: 30 };
/** Tokens of a clock that is farther off are refused by whoever checks them. */
const LARGEST_SKEW_SECONDS = 60;

/** Looks at the server itself: its version and its clock. */
export async function surveyServer(
  kubernetes: Kubernetes,
  signal?: AbortSignal,
): Promise<Problem[]> {
  return serverProblems(
    await kubernetes.version({ signal }),
    kubernetes.cluster,
  );
}

export function serverProblems(
  server: { gitVersion: string; clockSkewSeconds: number },
  cluster: string,
): Problem[] {
  const system = 'kubernetes';
  const { gitVersion, clockSkewSeconds } = server;
  const problems: Problem[] = [];
  if (isTooOld(gitVersion))
    problems.push({
      code: 'server-too-old',
      system,
      message: `Cluster ${cluster} runs Kubernetes ${gitVersion}.`,
      fix: `Upgrade it to ${OLDEST.major}.${OLDEST.minor} or newer.`,
    });
  if (Math.abs(clockSkewSeconds) > LARGEST_SKEW_SECONDS)
    problems.push({
      code: 'clock-skew',
      system,
      message: `The clock of cluster ${cluster} is ${Math.abs(
        clockSkewSeconds,
      )} s ${clockSkewSeconds > 0 ? 'ahead of' : 'behind'} ours.`,
      fix: 'Let both take their time from the same source; tokens are refused as not yet valid, or expired.',
    });
  return problems;
}

function isTooOld(gitVersion: string): boolean {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(gitVersion) ?? [];
  return (
    major !== undefined &&
    (Number(major) < OLDEST.major ||
      (Number(major) === OLDEST.major && Number(minor) < OLDEST.minor))
  );
}
