// Loaded here and not at the first request, which has a time limit: in Jest that takes long.
import '@kubernetes/client-node';
import {
  defaultPlatform,
  Platform,
} from '@meshway/plugin-meshed-service-common';
import type { TestPlatform } from '@meshway/test-platform';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ConfigReader } from '@backstage/config';
import { ArgoCdResources } from '../../argocd';
import { readMeshedServiceConfig } from '../../config';
import { guardrailsFrom } from '../../guardrails';
import {
  Clock,
  defaultRequestLimits,
  HttpSender,
  Secret,
  systemClock,
} from '../../http';
import { KubernetesOverHttp } from '../../kubernetes';
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
import { checkout } from './shippedRoles';

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
  /** In place of the account's, for an address. */
  kubernetesToken?: string;
  /** In place of the portal's. */
  vaultToken?: string;
  publishing?: MeshedServicePublishing;
  traffic?: ProvisioningParts['traffic'];
  limits?: Partial<typeof defaultRequestLimits>;
  platform?: Partial<Platform>;
  withVault?: boolean;
  pollSeconds?: number;
  /** By which we tell the time. */
  clock?: Clock;
  /** Told what the API server warns of. */
  onWarning?: (warning: string, attempted: string) => void;
};

/** Provisioning over the real thing, by the adapters that the portal uses. */
export function provisioningOn(
  platform: TestPlatform,
  settings: Settings = {},
) {
  const sender = () =>
    new HttpSender(
      { ...defaultRequestLimits, ...settings.limits },
      settings.clock,
    );
  const kubernetes = new KubernetesOverHttp(
    CLUSTER,
    settings.kubernetesUrl
      ? {
          kind: 'address',
          url: settings.kubernetesUrl,
          token: new Secret(
            settings.kubernetesToken ??
              tokenOf(platform, settings.as ?? 'writer'),
          ),
        }
      : {
          kind: 'kubeconfig',
          file: platform.kubernetes.kubeconfig(settings.as ?? 'writer'),
        },
    sender(),
    { onWarning: settings.onWarning },
  );
  const vault =
    settings.withVault === false
      ? undefined
      : new VaultOverHttp(
          {
            address: settings.vaultUrl ?? platform.vault.address,
            credentials: {
              kind: 'token',
              token: new Secret(
                settings.vaultToken ?? platform.vault.portalToken,
              ),
            },
          },
          sender(),
        );
  const parts: ProvisioningParts = {
    platform: { ...defaultPlatform, ...settings.platform },
    guardrails: guardrailsFrom(join(checkout, 'infra/guardrails')),
    cluster: () => ({
      kubernetes,
      argocd: new ArgoCdResources(kubernetes, defaultPlatform.argocd.namespace),
      vault,
    }),
    publishing: settings.publishing,
    ...(settings.traffic ? { traffic: settings.traffic } : {}),
    clock: systemClock,
    pollSeconds: settings.pollSeconds ?? 0.2,
  };
  return {
    provisioning: new DefaultProvisioning(parts),
    parts,
    kubernetes,
    vault,
  };
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
        guardrails: { pack: join(checkout, 'infra/guardrails') },
        skeletons: [
          {
            name: 'meshed-service',
            path: join(checkout, 'skeleton/meshed-service'),
          },
        ],
        forge: { kind: 'local', local: { path: repositories } },
      },
    }),
  );
  const forge = new LocalForge({ path: repositories, appBaseUrl });
  const publishing = new DefaultPublishing(config, forge);
  return { publishing, forge, config, settings: config.platform };
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

/** @returns what was said when it was refused. */
export function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    error => `${error.name}: ${error.message}`,
  );
}
