import fc from 'fast-check';
import { renderBundle } from '../manifests';
import {
  annotations,
  defaultPlatform,
  KubernetesObject,
  phasePolicy,
  serviceRefOf,
  workloadLabels,
} from '../model';
import { MeshedServiceSpec, parseMeshedServiceSpec } from '../spec';
import { anAcceptedSpecInput, anObservation } from '../testUtils';
import { observeObject } from './doors';
import { evaluateMeshStatus } from './evaluateMeshStatus';

const rungOf = {
  observe: 'opportunistic',
  audit: 'audit',
  enforce: 'enforced',
} as const;

/** What the workload of a service looks like once the injector is done with it. */
function aPodOf(spec: MeshedServiceSpec): KubernetesObject {
  const policy = phasePolicy[spec.phase];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${spec.name}-1`,
      namespace: spec.namespace,
      labels: workloadLabels(spec),
      annotations: { [annotations.linkerdDefaultInboundPolicy]: policy },
    },
    spec: {
      serviceAccountName: spec.name,
      initContainers: [{ name: 'linkerd-proxy', restartPolicy: 'Always' }],
      containers: [
        {
          name: spec.name,
          ports: spec.ports.map(({ name, port }) => ({
            name,
            containerPort: port,
          })),
          ...readinessProbeOf(spec),
        },
      ],
    },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      initContainerStatuses: [{ name: 'linkerd-proxy', ready: true }],
    },
  };
}

/** What controllers write beside a spec once they are done with it. */
const statusOf: Record<string, object> = {
  Application: { sync: { status: 'Synced' }, health: { status: 'Healthy' } },
  VaultAuth: { valid: true },
  VaultStaticSecret: {
    conditions: [{ type: 'SecretSynced', status: 'True' }],
  },
};

function settled(object: KubernetesObject): KubernetesObject {
  return { ...object, status: statusOf[object.kind] };
}

function readinessProbeOf({ ports }: MeshedServiceSpec): object {
  const [probe] = ports.flatMap(({ port, probes }) =>
    probes.flatMap(each =>
      each.kind === 'http' ? [{ path: each.path, port }] : [],
    ),
  );
  return probe ? { readinessProbe: { httpGet: probe } } : {};
}

describe('a bundle that was delivered', () => {
  it('puts its service on the rung of its phase, and every check is content', () => {
    fc.assert(
      fc.property(anAcceptedSpecInput(), input => {
        const spec = parseMeshedServiceSpec(input);
        const { objects } = renderBundle(spec, defaultPlatform);
        const live = [...objects.map(settled), aPodOf(spec)];
        const status = evaluateMeshStatus(
          spec,
          {
            ...anObservation(live, {}, serviceRefOf(spec)),
            bundle: objects.flatMap(each => observeObject(each) ?? []),
          },
          undefined,
          '2026-01-31T10:00:00Z',
        );
        expect({
          verdict: status.verdict,
          findings: status.findings.filter(({ state }) => state !== 'ok'),
        }).toEqual({
          verdict: { kind: 'known', rung: rungOf[spec.phase] },
          findings: [],
        });
      }),
      { numRuns: 100 },
    );
  });
});
