import type { MeshedServiceSpec } from '../spec';
import type { EffectivePolicy } from '../mesh';
import type { Evidence, PortStatus, Rung } from './MeshStatus';
import { isCurrent, Observation, policyKinds } from './Observation';
import { isLower, Standing, verdictOf } from './Standing';
import { WorkloadStanding, standingOfPort, standingsOfPort } from './standings';
import { explainPolicy } from './explain';

const protocolWords: Record<EffectivePolicy['protocol'], string> = {
  detect: 'detected',
  http1: 'HTTP/1',
  http2: 'HTTP/2',
  grpc: 'gRPC',
  opaque: 'opaque',
  tls: 'TLS',
};

/** Kinds that say who decides about a port. */
const decidingKinds = [
  'Pod',
  'ExternalWorkload',
  'Server',
  ...policyKinds,
] as const;

/** A port, how it is shown, and where it stands. */
export type PortAnswer = { status: PortStatus; standing: Standing };

/** @returns the TCP ports of a service: declared by its spec or by a container, in order. */
export function portsOfService(
  spec: MeshedServiceSpec | undefined,
  { pods, externalWorkloads }: Observation,
): Array<{ port: number; name?: string; declared?: string }> {
  const ports = new Map<
    number,
    { port: number; name?: string; declared?: string }
  >();
  for (const workload of [...pods, ...externalWorkloads]) {
    for (const { port, name, ofProxy } of workload.ports) {
      if (ofProxy) continue;
      ports.set(port, { port, ...(name ? { name } : {}) });
    }
  }
  for (const { port, name, protocol } of spec?.ports ?? []) {
    ports.set(port, { port, name, declared: protocol });
  }
  return [...ports.values()].sort((a, b) => a.port - b.port);
}

/** @returns where every port of a service stands. */
export function answerPorts(
  spec: MeshedServiceSpec | undefined,
  observation: Observation,
): PortAnswer[] {
  return portsOfService(spec, observation).map(({ port, name, declared }) => {
    const standings = standingsOfPort(observation, port);
    const standing = standingOfPort(observation, standings);
    const weakest = weakestOf(standings);
    return {
      standing,
      status: {
        port,
        ...(name ? { name } : {}),
        protocol: weakest
          ? protocolWords[weakest.policy.protocol]
          : declared ?? protocolWords.detect,
        verdict: verdictOf(standing),
        explanation: explanationOf(standing, weakest, observation),
        evidence: weakest ? evidenceOf(weakest) : [],
      },
    };
  });
}

/** What was never seen decides nothing; what was seen, and is older now, is told as such. */
function explanationOf(
  { because }: Standing,
  weakest: WorkloadStanding | undefined,
  observation: Observation,
): string {
  if (!weakest) return because ?? '';
  const decides = explainPolicy(weakest, observation);
  if (!because) return decides;
  const doubted = decidingKinds
    .map(kind => observation.freshness[kind])
    .filter(freshness => !isCurrent(freshness));
  if (doubted.length === 0) return `${because} ${decides}`;
  return doubted.every(({ state }) => state === 'stale')
    ? `${because} As it was seen last: ${decides}`
    : because;
}

/** @returns the pod that keeps a port lowest; the first of several. */
function weakestOf(
  standings: readonly WorkloadStanding[],
): WorkloadStanding | undefined {
  return standings.reduce<WorkloadStanding | undefined>(
    (weakest, each) =>
      weakest && !isLower(highOf(each), highOf(weakest)) ? weakest : each,
    undefined,
  );
}

function evidenceOf({
  workload,
  policy,
  standing,
}: WorkloadStanding): Evidence[] {
  if (isLower(standing.high, 'opportunistic')) return [{ ref: workload.ref }];
  return policy.server.kind === 'server'
    ? [{ ref: policy.server.ref }]
    : [
        {
          ref: workload.ref,
          field: 'default inbound policy',
          value: policy.server.name,
        },
      ];
}

function highOf({ standing }: WorkloadStanding): Rung {
  return standing.high;
}
