/** The services of the bench, and the systems that they are written to. */
import path from 'node:path';
import {
  annotations,
  defaultPlatform,
  formatServiceRef,
  kinds,
  KubernetesObject,
  names,
  parseMeshedServiceSpec,
  renderBundle,
  serviceRefOf,
} from '@meshway/plugin-meshed-service-common';
import {
  DefaultProvisioning,
  guardrailsFrom,
  readMeshedServiceConfig,
  ServiceRequest,
  systemClock,
  Systems,
  systemsFromConfig,
} from '@meshway/plugin-meshed-service-node';
import { ConfigReader } from '@backstage/config';
import {
  ApiServer,
  makeArgoKinds,
  PlatformState,
} from '@meshway/test-platform';
import { readFileSync } from 'node:fs';

const root = path.resolve(__dirname, '../..');
const CLUSTER = 'local';
const PROJECT = 'meshway-bench';

/** The portal's own systems, with exactly the rights that are shipped. */
export function theSystems({ kubernetes, vault }: PlatformState) {
  if (!kubernetes || !vault)
    throw new Error('The platform has not booted everything.');
  const config = readMeshedServiceConfig(
    new ConfigReader({
      meshedService: {
        clusters: [
          {
            name: CLUSTER,
            kubeconfig: { file: kubernetes.kubeconfigs.writer },
          },
        ],
        vault: { address: vault.address, token: vault.portalToken },
      },
    }),
    { root },
  );
  const systems = systemsFromConfig(config);
  const provisioning = new DefaultProvisioning({
    platform: defaultPlatform,
    guardrails: guardrailsFrom(path.join(root, 'infra/guardrails')),
    cluster: name => ({ ...systems.cluster(name), vault: systems.vault }),
    clock: systemClock,
  });
  const administrator = new ApiServer(
    kubernetes.url,
    readFileSync(kubernetes.caFile, 'utf8'),
    kubernetes.adminToken,
  );
  return { systems, provisioning, administrator };
}

/** Argo CD does not run: its kinds and one project are enough for its objects to be written. */
export async function makeProject(administrator: ApiServer): Promise<void> {
  const { namespace } = defaultPlatform.argocd;
  await makeArgoKinds(administrator);
  await administrator.apply({
    ...kinds.Namespace,
    metadata: { name: namespace },
  });
  await administrator.apply({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: PROJECT, namespace },
    spec: {
      sourceRepos: ['*'],
      destinations: [{ server: '*', namespace: '*' }],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  });
}

/** Does what Argo CD does last: an application without this finalizer goes as soon as it is deleted. */
export async function takeFinalizer(
  administrator: ApiServer,
  name: string,
): Promise<void> {
  const application = names.argoApplication({
    cluster: CLUSTER,
    namespace: name,
    name,
  });
  await administrator.send(
    'PATCH',
    `/apis/argoproj.io/v1alpha1/namespaces/${defaultPlatform.argocd.namespace}/applications/${application}`,
    { metadata: { finalizers: null } },
    'application/merge-patch+json',
  );
}

/** A service as teams ask for it: two ports, one of them gRPC with a probe, one client, a secret. */
export function aRequest(name: string): ServiceRequest {
  return {
    service: {
      name,
      owner: 'group:default/bench',
      cluster: CLUSTER,
      workload: { image: 'ghcr.io/acme/cart:1.0' },
      ports: [
        {
          name: 'grpc',
          port: 8080,
          protocol: 'gRPC',
          probes: [{ kind: 'grpc' }],
        },
        { name: 'http', port: 8081, protocol: 'HTTP/1' },
      ],
      clients: [{ namespace: 'shop', serviceAccount: 'frontend' }],
      secrets: { delivery: 'vso', paths: ['database'] },
      phase: 'audit',
      delivery: { mode: 'apply', repository: name, project: PROJECT },
    },
    template: { ref: 'template:default/bench', version: '1.0.0' },
  };
}

/** Every object of the cluster that a service is made of. */
export function objectsOf(name: string): KubernetesObject[] {
  const spec = parseMeshedServiceSpec(aRequest(name).service);
  return renderBundle(spec, defaultPlatform)
    .objects.filter(
      ({ apiVersion }) => apiVersion !== kinds.VaultRole.apiVersion,
    )
    .map(({ metadata, ...content }) => ({
      ...content,
      metadata: {
        ...metadata,
        // The guard in the cluster asks the writer for it.
        annotations: {
          ...metadata.annotations,
          [annotations.claim]: formatServiceRef(serviceRefOf(spec)),
        },
      },
    }));
}

/** The least that anybody could do: each object sent once, one after the other, and nothing looked at before. */
export async function writeBlindly(
  systems: Systems,
  name: string,
): Promise<void> {
  const { kubernetes } = systems.cluster(CLUSTER);
  for (const object of objectsOf(name)) await kubernetes.create(object);
  const spec = parseMeshedServiceSpec(aRequest(name).service);
  const [role] = renderBundle(spec, defaultPlatform).objects.filter(
    ({ kind }) => kind === kinds.VaultRole.kind,
  );
  const { mount, ...content } = role.spec as { mount: string } & Parameters<
    NonNullable<Systems['vault']>['writeRole']
  >[2];
  await systems.vault?.writeRole(mount, role.metadata.name, content);
}

export const by = () => ({
  author: { name: 'Bench', email: 'bench@localhost' },
  created: { by: 'user:default/bench', at: new Date().toISOString() },
  // What Kubernetes takes to empty a namespace is its own affair.
  waitSeconds: 0,
});

export const retirementOf = (name: string) => ({
  service: { cluster: CLUSTER, namespace: name, name },
  owner: 'group:default/bench',
  delivery: 'apply' as const,
  confirmNamespace: name,
});
