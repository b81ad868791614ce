import type { PartName } from './parts';
import type { PlatformState } from './state';

/** @returns a running platform for a person: parts, addresses, what is imitated, programs, and how to look inside. */
export function presentState(state: PlatformState): string {
  const { kubernetes, vault, argocd, prometheus } = state;
  const total = state.processes.reduce(
    (sum, { memoryMiB = 0 }) => sum + memoryMiB,
    0,
  );
  return [
    `The platform runs since ${state.startedAt} (process ${state.pid}).`,
    '',
    ...(Object.keys(state.parts) as PartName[]).map(part =>
      row(part, presentPart(state.parts[part])),
    ),
    '',
    ...[
      kubernetes && row('Kubernetes', kubernetes.url),
      kubernetes && row('kubeconfig', kubernetes.kubeconfigs.admin),
      kubernetes && row('… of the portal', kubernetes.kubeconfigs.writer),
      vault && row('Vault', vault.address),
      vault && row('… root token', vault.rootToken),
      vault && row('… unseal key', vault.unsealKey),
      argocd && row('Repositories', argocd.repositories),
      prometheus && row('Prometheus', prometheus.url),
    ].filter(line => line !== undefined),
    '',
    ...Object.entries(state.contents).map(([what, origin]) =>
      row(what, origin),
    ),
    '',
    ...state.processes.map(({ name, pid, memoryMiB, ended, log }) =>
      row(
        name,
        ended === undefined
          ? `process ${pid}, ${memoryMiB ?? '?'} MiB`
          : `has ended (${ended}); its log: ${log}`,
      ),
    ),
    row('altogether', `${total} MiB`),
    '',
    kubernetes
      ? `Look inside: kubectl --kubeconfig ${kubernetes.kubeconfigs.admin} get namespaces`
      : '',
    './dev platform down ends it.',
  ].join('\n');
}

function presentPart(part: PlatformState['parts'][PartName]): string {
  switch (part?.state) {
    case 'ready':
      return `ready after ${(part.bootedInMs / 1000).toFixed(1)} s`;
    case 'failed':
      return `failed: ${part.because}`;
    default:
      return 'starting';
  }
}

const row = (name: string, text: string) => `  ${name.padEnd(32)} ${text}`;
