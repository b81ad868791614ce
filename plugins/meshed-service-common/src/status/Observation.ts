import type { Instant, ServiceRef } from '../model';
import type {
  ClusterSettings,
  EgressNetwork,
  ExternalWorkload,
  Pod,
  PolicyIndex,
  Unreadable,
} from '../mesh';
import type { ObservedObject } from './doors';
import {
  Application,
  Certificate,
  ControlPlaneConfig,
  KubernetesService,
  Namespace,
  NetworkPolicy,
  PodController,
  ServiceAccount,
  VaultAuth,
  VaultStaticSecret,
  workloadKinds,
} from './kinds';
import type { Freshness } from './MeshStatus';
import type { VaultRoleEvidence } from './VaultRoleEvidence';

/** The kinds of which the mesh's inbound policy is made. */
export const policyKinds = [
  'Server',
  'AuthorizationPolicy',
  'ServerAuthorization',
  'MeshTLSAuthentication',
  'NetworkAuthentication',
  'HTTPRoute',
  'GRPCRoute',
] as const;

/**
 * Kubernetes kinds that a status can rest on.
 *
 * @public
 */
export const observedKinds = [
  'Namespace',
  'Pod',
  ...policyKinds,
  'HTTPLocalRateLimitPolicy',
  'EgressNetwork',
  'ExternalWorkload',
  'NetworkPolicy',
  ...workloadKinds,
  'Service',
  'ServiceAccount',
  'ConfigMap',
  'Certificate',
  'Application',
  'VaultAuth',
  'VaultStaticSecret',
] as const;

/** The kinds on which the verdict rests; the others are looked at by checks. */
export const verdictKinds: readonly ObservedKind[] = [
  'Namespace',
  'Pod',
  'ExternalWorkload',
  ...policyKinds,
  'ConfigMap',
];

/**
 * A Kubernetes kind that a status can rest on.
 *
 * @public
 */
export type ObservedKind = (typeof observedKinds)[number];

/**
 * How whole and how old what is known of one kind is, as far as one service is concerned.
 *
 * @public
 */
export type KindFreshness = {
  state: Freshness;
  observedAt?: Instant;
  /** Why it is not current, for people. */
  message?: string;
};

/**
 * What is known about one service.
 *
 * @public
 */
export type Observation = {
  service: ServiceRef;
  /** For people: `snapshot examples/otel-demo/4-observed`. */
  source: string;
  /** Of the installation, where it was read; else as the platform is configured. */
  settings: ClusterSettings;
  freshness: Readonly<Record<ObservedKind, KindFreshness>>;
  namespace: Namespace | undefined;
  /** Of the service, without those that have ended. */
  pods: readonly Pod[];
  /** Machines outside of the cluster that serve, too. */
  externalWorkloads: readonly ExternalWorkload[];
  /** What makes the pods of the service, at the top of each chain of owners. */
  workloads: readonly PodController[];
  /** Whatever has a say about its pods and machines; authentications also of other namespaces. */
  index: PolicyIndex;
  /** That restrict its pods. */
  networkPolicies: readonly NetworkPolicy[];
  egressNetworks: readonly EgressNetwork[];
  /** That lead to its pods. */
  kubernetesServices: readonly KubernetesService[];
  /** That its pods run as, or shall. */
  serviceAccounts: readonly ServiceAccount[];
  vaultAuths: readonly VaultAuth[];
  vaultStaticSecrets: readonly VaultStaticSecret[];
  /** What delivers it. */
  application: Application | undefined;
  /** Of the mesh that the cluster runs. */
  mesh: MeshInstallation;
  /** What Vault says of its role; undefined where no Vault is asked. */
  vaultRole: VaultRoleEvidence | undefined;
  /** What its bundle would be seen as, had it just been delivered; undefined where nobody rendered it. */
  bundle: readonly ObservedObject[] | undefined;
  /** Objects of the namespace that their doors refused. */
  unreadable: readonly Unreadable[];
};

/**
 * What is known about the mesh of a cluster: the same for every service in it.
 *
 * @public
 */
export type MeshInstallation = {
  /** Undefined: it was not seen. */
  installation:
    | Extract<ControlPlaneConfig, { holds: 'installation' }>
    | undefined;
  trustBundle:
    | Extract<ControlPlaneConfig, { holds: 'trustBundle' }>
    | undefined;
  /** The certificate authority that signs the certificates of proxies, where cert-manager keeps it. */
  issuer: Certificate | undefined;
};

/**
 * @returns whether nothing more could be known of a kind: it was read whole, or its API is not there.
 *
 * @public
 */
export function isCurrent({ state }: KindFreshness): boolean {
  return state === 'current' || state === 'notInstalled';
}

/** @returns one sentence on the first of these kinds that is not current; undefined when all are. */
export function whyNotCurrent(
  { freshness }: Pick<Observation, 'freshness'>,
  kinds: readonly ObservedKind[],
): string | undefined {
  const kind = kinds.find(each => !isCurrent(freshness[each]));
  if (!kind) return undefined;
  const { state, message } = freshness[kind];
  const said = message ? `: ${message.replace(/\.$/, '')}.` : '.';
  switch (state) {
    case 'stale':
      return `What is known of kind ${kind} is out of date${said}`;
    case 'forbidden':
      return `The portal may not read kind ${kind}${said}`;
    default:
      return `Kind ${kind} could not be read${said}`;
  }
}
