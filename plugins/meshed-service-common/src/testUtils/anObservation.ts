import {
  defaultPlatform,
  observationOf,
  observedKinds,
  observeObject,
  type KindFreshness,
  type KubernetesObject,
  type Observation,
  type ObservedKind,
  type ServiceRef,
} from '@meshway/plugin-meshed-service-common';

/** The service that the builders build for. @public */
export const aService: ServiceRef = {
  cluster: 'local',
  namespace: 'shop',
  name: 'web',
};

/** The default Linkerd. @public */
export const aClusterSettings = {
  controlPlaneNamespace: defaultPlatform.mesh.controlPlaneNamespace,
  trustDomain: defaultPlatform.mesh.trustDomain,
  clusterNetworks: defaultPlatform.mesh.clusterNetworks,
  probeNetworks: defaultPlatform.mesh.probeNetworks,
};

/**
 * What is known about a service, from objects that were just seen.
 * @param freshness - kinds for which that does not hold.
 *
 * @public
 */
export function anObservation(
  objects: readonly KubernetesObject[],
  freshness: Partial<Record<ObservedKind, KindFreshness>> = {},
  service: ServiceRef = aService,
): Observation {
  const current = observedKinds.map(kind => [
    kind,
    freshness[kind] ?? { state: 'current', observedAt: '2026-01-31T10:00:00Z' },
  ]);
  return observationOf(
    service,
    objects.flatMap(object => observeObject(object) ?? []),
    {
      source: 'test',
      settings: aClusterSettings,
      freshness: Object.fromEntries(current),
    },
  );
}
