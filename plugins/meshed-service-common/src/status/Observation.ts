import type { Instant, ServiceRef } from '../model';
import type { ClusterSettings, Pod, PolicyIndex, Unreadable } from '../mesh';
import type { Freshness } from './MeshStatus';
import type { Namespace } from './Namespace';
import type { NetworkPolicy } from './NetworkPolicy';

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
  'NetworkPolicy',
] as const;

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
  settings: ClusterSettings;
  freshness: Readonly<Record<ObservedKind, KindFreshness>>;
  namespace: Namespace | undefined;
  /** Of the service, without those that have ended. */
  pods: readonly Pod[];
  /** Of the namespace; authentications also of other namespaces. */
  index: PolicyIndex;
  /** Of the namespace. */
  networkPolicies: readonly NetworkPolicy[];
  /** Objects of the namespace that their doors refused. */
  unreadable: readonly Unreadable[];
};

/** @returns whether nothing more could be known of a kind: it was read whole, or its API is not there. */
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
