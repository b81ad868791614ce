import {
  annotations,
  formatServiceRef,
  kinds,
  KubernetesObject,
  labels,
  names,
  ownershipAnnotations,
  serviceRefOf,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';
import { ObservedKubernetesObject } from '../kubernetes';

/** Whose something has to be, for us to touch it. */
export type Holder = {
  service: ServiceRef;
  /** Entity reference, in full. */
  owner: string;
  /** The owner that hands it over; its record counts as ours, too. */
  transferFrom?: string;
};

/** What a record on an object says. */
export type Record = { owner?: string; entityRef?: string; claim?: string };

/** @returns whose the objects of a spec have to be. */
export function holderOf(
  spec: ServiceRef & { owner: string },
  transferFrom?: string,
): Holder {
  return {
    service: serviceRefOf(spec),
    owner: spec.owner,
    ...(transferFrom === undefined ? {} : { transferFrom }),
  };
}

/** The annotations that say whose an object is; equal for every attempt, so that a repeat finds what is its own. */
export function ownershipRecord({ service, owner }: Holder) {
  return {
    ...ownershipAnnotations({ name: service.name, owner }),
    [annotations.claim]: formatServiceRef(service),
  };
}

/** @returns the object, with the record on it. */
export function withRecord(
  object: KubernetesObject,
  holder: Holder,
): KubernetesObject {
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: {
        ...object.metadata.annotations,
        ...ownershipRecord(holder),
      },
    },
  };
}

/** The namespace as it is claimed: the record and nothing else. No label, since rules in the cluster are bound by labels. */
export function namespaceClaim(holder: Holder): KubernetesObject {
  return {
    ...kinds.Namespace,
    metadata: {
      name: names.namespace(holder.service),
      annotations: ownershipRecord(holder),
    },
  };
}

/** @returns what an object says of its owner. */
export function recordOf(object: KubernetesObject): Record {
  const of = (key: string) => object.metadata.annotations?.[key];
  return {
    owner: of(annotations.owner),
    entityRef: of(annotations.entityRef),
    claim: of(annotations.claim),
  };
}

/**
 * @returns whether the record on an object is that of the service and its owner. What Argo CD wrote from the repository
 *   has no claim; owner, entity and place say it then.
 */
export function isOurs(object: KubernetesObject, holder: Holder): boolean {
  const { owner, entityRef, claim } = recordOf(object);
  return (
    owner !== undefined &&
    [holder.owner, holder.transferFrom].includes(owner) &&
    entityRef === names.entityRef(holder.service) &&
    (claim === undefined || claim === formatServiceRef(holder.service))
  );
}

/** @returns who holds an object, in words: the recorded owner, else whoever has written it. */
export function describeHolder(object: ObservedKubernetesObject): string {
  const { owner, claim, entityRef } = recordOf(object);
  if (owner !== undefined)
    return `${owner} (service ${claim ?? entityRef ?? 'unknown'})`;
  const manager = object.metadata.labels?.[labels.managedBy];
  if (manager) return `somebody who manages it with ${shown(manager)}`;
  return 'somebody; it records no owner';
}

function shown(text: string): string {
  return text.slice(0, 63).replace(/[^\w.:/@-]/g, '?');
}
