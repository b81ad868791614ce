// Loaded here and not at the first request, which has a time limit: in Jest that takes long.
import '@kubernetes/client-node';
import {
  annotations,
  defaultPlatform,
  formatObjectRef,
  kinds,
  KubernetesObject,
  labels,
  ObjectRef,
  Platform,
} from '@meshway/plugin-meshed-service-common';
import { makeArgoKinds, type TestPlatform } from '@meshway/test-platform';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { ConfigReader } from '@backstage/config';
import { ArgoCdResources } from '../../argocd';
import { readMeshedServiceConfig } from '../../config';
import { guardrailsFrom } from '../../guardrails';
import {
  defaultRequestLimits,
  HttpSender,
  Secret,
  systemClock,
} from '../../http';
import { KubernetesOverHttp, ObservedKubernetesObject } from '../../kubernetes';
import { LocalForge } from '../../forge';
import {
  DefaultPublishing,
  MeshedServicePublishing,
  ServiceRequest,
} from '../../publishing';
import { VaultOverHttp } from '../../vault';
import { ProvisioningParts } from '../context';
import { DefaultProvisioning } from '../DefaultProvisioning';
import { ProvisioningOptions } from '../MeshedServiceProvisioning';

const root = resolve(__dirname, '../../../../..');
export const CLUSTER = 'local';
/** A project that lets everything in. */
export const PROJECT = 'meshway-tests';

type KubernetesUser = Parameters<TestPlatform['kubernetes']['kubeconfig']>[0];

type Settings = {
  /** Whose credentials are used; the writer's, with exactly the rights of infra/rbac, when absent. */
  as?: KubernetesUser;
  /** Addresses that are used in place of the platform's: of a proxy. */
  kubernetesUrl?: string;
  vaultUrl?: string;
  /** In place of the portal's. */
  vaultToken?: string;
  publishing?: MeshedServicePublishing;
  limits?: Partial<typeof defaultRequestLimits>;
  platform?: Partial<Platform>;
  withVault?: boolean;
};

/** Provisioning over the real thing, by the adapters that the portal uses. */
export function provisioningOn(
  platform: TestPlatform,
  settings: Settings = {},
) {
  const sender = () =>
    new HttpSender({ ...defaultRequestLimits, ...settings.limits });
  const kubernetes = new KubernetesOverHttp(
    CLUSTER,
    settings.kubernetesUrl
      ? {
          kind: 'address',
          url: settings.kubernetesUrl,
          token: new Secret(tokenOf(platform, settings.as ?? 'writer')),
        }
      : {
          kind: 'kubeconfig',
          file: platform.kubernetes.kubeconfig(settings.as ?? 'writer'),
        },
    sender(),
  );
  const vault =
    settings.withVault === false
      ? undefined
      : new VaultOverHttp(
          {
            address: settings.vaultUrl ?? platform.vault.address,
            credentials: {
              kind: 'supplier',
              supply: async () =>
                settings.vaultToken
                  ? new Secret(settings.vaultToken)
                  : portalToken(platform.vault),
            },
          },
          sender(),
        );
  const parts: ProvisioningParts = {
    platform: { ...defaultPlatform, ...settings.platform },
    guardrails: guardrailsFrom(join(root, 'infra/guardrails')),
    cluster: () => ({
      kubernetes,
      argocd: new ArgoCdResources(kubernetes, defaultPlatform.argocd.namespace),
      vault,
    }),
    publishing: settings.publishing,
    clock: systemClock,
    pollSeconds: 0.2,
  };
  return {
    provisioning: new DefaultProvisioning(parts),
    parts,
    kubernetes,
    vault,
  };
}

/** Vault as its administrator sees it. */
export function administratorOfVault({ vault }: TestPlatform): VaultOverHttp {
  const { address, rootToken } = vault;
  return new VaultOverHttp({
    address,
    credentials: { kind: 'token', token: new Secret(rootToken) },
  });
}

const portalTokens = new Map<string, Promise<Secret>>();

/** @returns a token that may do what infra/vault/portal.hcl says, and nothing else. */
function portalToken(vault: TestPlatform['vault']): Promise<Secret> {
  const known = portalTokens.get(vault.address) ?? makePortalToken(vault);
  portalTokens.set(vault.address, known);
  return known;
}

async function makePortalToken({
  address,
  rootToken,
}: TestPlatform['vault']): Promise<Secret> {
  const policy = readFileSync(join(root, 'infra/vault/portal.hcl'), 'utf8')
    .replaceAll('CLUSTER', CLUSTER)
    .replaceAll('AUDIENCE', defaultPlatform.vault.audience);
  const ask = async (path: string, body: object) => {
    const answer = await fetch(`${address}/v1/${path}`, {
      method: 'POST',
      headers: { 'x-vault-token': rootToken },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  await ask('sys/policies/acl/meshway-portal', { policy });
  const { auth } = await ask('auth/token/create', {
    policies: ['meshway-portal'],
    no_default_policy: true,
  });
  return new Secret(auth.client_token);
}

/** @returns the token that a kubeconfig of the platform holds. */
export function tokenOf(platform: TestPlatform, user: KubernetesUser): string {
  const text = readFileSync(platform.kubernetes.kubeconfig(user), 'utf8');
  return parse(text).users[0].user.token;
}

/** A portal whose forge is the one that Argo CD reads. */
export function portalOn(
  platform: TestPlatform,
  repositories = platform.argocd.repositories,
) {
  const appBaseUrl = 'http://localhost:3000';
  const config = readMeshedServiceConfig(
    new ConfigReader({
      app: { baseUrl: appBaseUrl },
      meshedService: {
        platform: {
          forge: { repositoryUrl: `file://${repositories}/{repository}.git` },
        },
        clusters: [
          {
            name: CLUSTER,
            kubeconfig: { file: platform.kubernetes.kubeconfig('admin') },
          },
        ],
        guardrails: { pack: join(root, 'infra/guardrails') },
        skeletons: [
          {
            name: 'meshed-service',
            path: join(root, 'skeleton/meshed-service'),
          },
        ],
        forge: { kind: 'local', local: { path: repositories } },
      },
    }),
  );
  const forge = new LocalForge({ path: repositories, appBaseUrl });
  const publishing = new DefaultPublishing(config, forge);
  return { publishing, forge, settings: config.platform };
}

/** Ada asks. */
export const byAda = (
  change: Partial<ProvisioningOptions> = {},
): ProvisioningOptions => ({
  author: { name: 'Ada Lovelace', email: 'ada@acme.example' },
  created: { by: 'user:default/ada', at: '2026-11-21T10:00:00.000Z' },
  waitSeconds: 20,
  ...change,
});

/** A request for a service in a namespace of its own, delivered by `apply`. */
export function aRequestFor(name: string, fields: object = {}): ServiceRequest {
  return {
    service: {
      name,
      owner: 'shop',
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
      delivery: { mode: 'apply', repository: name, project: PROJECT },
      ...fields,
    },
    template: { ref: 'template:default/meshed-service', version: '1.0.0' },
  };
}

/** What an administrator sees and does. */
export function administrator(platform: TestPlatform) {
  const { server } = platform.kubernetes;
  const { kubernetes } = provisioningOn(platform, {
    as: 'admin',
    withVault: false,
  });
  return {
    kubernetes,
    /** Makes the project that services of tests are in. */
    async makeProject() {
      const { namespace } = defaultPlatform.argocd;
      await makeArgoKinds(server);
      await server.apply({ ...kinds.Namespace, metadata: { name: namespace } });
      await server.apply({
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AppProject',
        metadata: { name: PROJECT, namespace },
        spec: {
          sourceRepos: ['*'],
          destinations: [{ server: '*', namespace: '*' }],
          clusterResourceWhitelist: [{ group: '*', kind: '*' }],
        },
      });
    },
    /** Does what Argo CD's controller does last: it takes its finalizer off an application that is being deleted. */
    async letApplicationGo(name: string): Promise<void> {
      const { namespace } = defaultPlatform.argocd;
      const ref = { ...kinds.Application, namespace, name };
      for (let look = 0; look < 50; look++) {
        const seen = await kubernetes.read(ref);
        if (!seen) return;
        if (seen.metadata.deletionTimestamp !== undefined)
          await server.send(
            'PATCH',
            `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications/${name}`,
            { metadata: { finalizers: null } },
            'application/merge-patch+json',
          );
        await systemClock.sleep(100);
      }
    },
    async untilGone(ref: ObjectRef): Promise<void> {
      for (let look = 0; look < 300; look++) {
        if (!(await kubernetes.read(ref))) return;
        await systemClock.sleep(100);
      }
      throw new Error(`${formatObjectRef(ref)} does not go`);
    },
    /** Makes something of somebody else's. */
    apply: (object: KubernetesObject) => server.apply(object),
    /** Everything of the kinds that we write, without what differs from run to run. */
    async contents(namespace: string): Promise<Record<string, unknown>> {
      const listed = await Promise.all(
        writtenKinds.map(kind => kubernetes.list(kind, { namespace })),
      );
      return Object.fromEntries(
        listed
          .flat()
          .filter(({ metadata }) => metadata.name !== 'default')
          .map(object => [
            `${object.kind}/${object.metadata.name}`,
            withoutRuns(object),
          ]),
      );
    },
  };
}

const writtenKinds = [
  kinds.ServiceAccount,
  kinds.Role,
  kinds.RoleBinding,
  kinds.ResourceQuota,
  kinds.LimitRange,
  kinds.NetworkPolicy,
  kinds.Server,
  kinds.MeshTLSAuthentication,
  kinds.NetworkAuthentication,
  kinds.AuthorizationPolicy,
  kinds.HTTPRoute,
  kinds.GRPCRoute,
  kinds.HTTPLocalRateLimitPolicy,
  kinds.EgressNetwork,
];

/** A ServiceAccount that nobody of us has made. */
export function aForeignAccount(
  namespace: string,
  name: string,
): KubernetesObject {
  return {
    ...kinds.ServiceAccount,
    metadata: { name, namespace, labels: { [labels.managedBy]: 'Helm' } },
  };
}

/** What an object is, apart from when and as which it was made. */
export function withoutRuns(object: ObservedKubernetesObject): unknown {
  const { metadata, status: _, ...content } = object;
  return {
    ...content,
    labels: metadata.labels,
    annotations: metadata.annotations,
  };
}

/** A namespace of another team, as one would make it by hand. */
export function aForeignNamespace(name: string): KubernetesObject {
  return {
    ...kinds.Namespace,
    metadata: {
      name,
      labels: { [labels.managedBy]: 'Helm' },
      annotations: { [annotations.owner]: 'group:default/checkout' },
    },
  };
}

/** @returns what was said when it was refused. */
export function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    error => `${error.name}: ${error.message}`,
  );
}
