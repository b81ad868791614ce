import { names, ServiceRef } from '../model';
import {
  ClusterSettings,
  compareText,
  hasEnded,
  LabelSelector,
  Origin,
  Pod,
  PolicyIndex,
  Unreadable,
  Workload,
} from '../mesh';
import {
  belongsTo,
  FindController,
  machineBelongsTo,
  topOwnerOf,
} from './belonging';
import { policiesAbout } from './concerns';
import type { ObservedObject, ObservedValues } from './doors';
import {
  Application,
  ControlPlaneConfig,
  leadsTo,
  PodController,
  restrictsPod,
  workloadKinds,
} from './kinds';
import {
  KindFreshness,
  MeshInstallation,
  Observation,
  ObservedKind,
  policyKinds,
} from './Observation';

/**
 * What an observation is made with, beside objects.
 *
 * @public
 */
export type ObservationContext = {
  /** For people: `snapshot examples/otel-demo/4-observed`. */
  source: string;
  /** As the platform is configured; what the installation says of itself wins over it. */
  settings: ClusterSettings;
  freshness: Readonly<Record<ObservedKind, KindFreshness>>;
  /** Which workloads are meant, where the catalog says so. */
  selection?: LabelSelector;
};

/** Of an installation: the Secret from which its identity service signs. */
const ISSUER_SECRET = 'linkerd-identity-issuer';

/**
 * @param observed - whatever may concern the service, in any order; what does not is passed over.
 * @returns what is known about one service: the same for the same facts, whatever their order.
 *
 * @public
 */
export function observationOf(
  service: ServiceRef,
  observed: readonly ObservedObject[],
  { selection, ...context }: ObservationContext,
): Observation {
  const found = new Found(observed);
  const controllers = found.controllers();
  const here = ({ namespace }: Origin) => namespace === service.namespace;
  const madeFor = (origin: Origin) =>
    here(origin) && origin.service === service.name;
  const pods = found
    .all('Pod')
    .filter(
      pod =>
        !hasEnded(pod) && belongsTo(pod, service, controllers.find, selection),
    );
  const machines = found
    .all('ExternalWorkload')
    .filter(each => machineBelongsTo(each, service, selection));
  const accounts = new Set([
    names.serviceAccount(service),
    ...pods.map(({ serviceAccount }) => serviceAccount),
  ]);
  const mesh = meshOf(found, context.settings);
  return {
    service,
    ...context,
    settings: { ...context.settings, ...mesh.installation?.settings },
    namespace: found
      .all('Namespace')
      .find(({ name }) => name === service.namespace),
    pods,
    externalWorkloads: machines,
    workloads: controllers.top(service, pods),
    index: PolicyIndex.create(
      policiesIn(found, service, [...pods, ...machines]),
    ),
    networkPolicies: found
      .all('NetworkPolicy')
      .filter(
        each => madeFor(each) || pods.some(pod => restrictsPod(each, pod)),
      ),
    egressNetworks: found.all('EgressNetwork').filter(madeFor),
    kubernetesServices: found
      .all('Service')
      .filter(each => madeFor(each) || pods.some(pod => leadsTo(each, pod))),
    serviceAccounts: found
      .all('ServiceAccount')
      .filter(each => here(each) && accounts.has(each.name)),
    vaultAuths: found.all('VaultAuth').filter(madeFor),
    vaultStaticSecrets: found.all('VaultStaticSecret').filter(madeFor),
    application: applicationOf(service, found.all('Application')),
    mesh,
    vaultRole: undefined,
    bundle: undefined,
    unreadable: found
      .refusals()
      .filter(({ ref }) => ref.namespace === service.namespace),
  };
}

/** Objects by kind, each kind in an order of its own. */
class Found {
  private readonly byKind = new Map<string, Origin[]>();
  private readonly refused: Array<{ of: ObservedKind; value: Unreadable }> = [];

  constructor(observed: readonly ObservedObject[]) {
    for (const each of observed) {
      if (each.kind === 'refused') {
        this.refused.push(each);
        continue;
      }
      const list = this.byKind.get(each.kind);
      if (list) list.push(each.value);
      else this.byKind.set(each.kind, [each.value]);
    }
    for (const list of this.byKind.values()) {
      if (list.length > 1) list.sort(byPlace);
    }
    this.refused.sort((a, b) => compareRefs(a.value, b.value));
  }

  all<Kind extends ObservedKind>(kind: Kind): Array<ObservedValues[Kind]> {
    return (this.byKind.get(kind) ?? []) as Array<ObservedValues[Kind]>;
  }

  refusals(kinds?: readonly ObservedKind[]): Unreadable[] {
    return this.refused
      .filter(({ of }) => !kinds || kinds.includes(of))
      .map(({ value }) => value);
  }

  controllers(): {
    find: FindController;
    top(service: ServiceRef, pods: readonly Pod[]): PodController[];
  } {
    const known = workloadKinds.flatMap(kind => this.all(kind));
    const byKey = new Map(known.map(each => [controllerKey(each), each]));
    const find: FindController = (namespace, { kind, name }) =>
      byKey.get(controllerKey({ namespace, kind, name }));
    return {
      find,
      top: (service, pods) => {
        const owners = new Set(
          pods.map(pod => {
            const owner = topOwnerOf(pod, find);
            return (
              owner && controllerKey({ ...owner, namespace: pod.namespace })
            );
          }),
        );
        return known.filter(
          each =>
            each.namespace === service.namespace &&
            (owners.has(controllerKey(each)) ||
              (each.owner === undefined &&
                (each.label || each.name) === service.name)),
        );
      },
    };
  }
}

function policiesIn(
  found: Found,
  service: ServiceRef,
  workloads: readonly Workload[],
) {
  return policiesAbout(service, workloads, {
    servers: found.all('Server'),
    authorizationPolicies: found.all('AuthorizationPolicy'),
    serverAuthorizations: found.all('ServerAuthorization'),
    meshTLSAuthentications: found.all('MeshTLSAuthentication'),
    networkAuthentications: found.all('NetworkAuthentication'),
    routes: [...found.all('HTTPRoute'), ...found.all('GRPCRoute')],
    rateLimits: found.all('HTTPLocalRateLimitPolicy'),
    refused: found.refusals([...policyKinds, 'HTTPLocalRateLimitPolicy']),
  });
}

function meshOf(
  found: Found,
  { controlPlaneNamespace }: ClusterSettings,
): MeshInstallation {
  const inControlPlane = ({ namespace }: Origin) =>
    namespace === controlPlaneNamespace;
  const configs = found.all('ConfigMap').filter(inControlPlane);
  const holding = <Holds extends ControlPlaneConfig['holds']>(holds: Holds) =>
    configs.find(
      (each): each is Extract<ControlPlaneConfig, { holds: Holds }> =>
        each.holds === holds,
    );
  return {
    installation: holding('installation'),
    trustBundle: holding('trustBundle'),
    issuer: found
      .all('Certificate')
      .find(each => inControlPlane(each) && each.secretName === ISSUER_SECRET),
  };
}

/** By the name that we give it; else one that was made for the service, or bears its name and delivers to its namespace. */
function applicationOf(
  service: ServiceRef,
  applications: readonly Application[],
): Application | undefined {
  const delivering = applications.filter(
    ({ destination }) => destination === service.namespace,
  );
  const wanted = names.argoApplication(service);
  return (
    delivering.find(({ name }) => name === wanted) ??
    delivering.find(each => each.service === service.name) ??
    delivering.find(({ name }) => name === service.name)
  );
}

function controllerKey(place: {
  namespace: string;
  kind: string;
  name: string;
}): string {
  return `${place.namespace}/${place.kind}/${place.name}`;
}

function byPlace(a: Origin, b: Origin): number {
  return (
    compareText(a.namespace, b.namespace) ||
    compareText(a.ref.apiVersion, b.ref.apiVersion) ||
    compareText(a.name, b.name)
  );
}

function compareRefs(a: Unreadable, b: Unreadable): number {
  return (
    compareText(a.ref.kind, b.ref.kind) ||
    compareText(a.ref.namespace ?? '', b.ref.namespace ?? '') ||
    compareText(a.ref.name, b.ref.name) ||
    compareText(a.because, b.because)
  );
}
