import {
  bounds,
  defaultPlatform,
  derivedNames,
  meshIdentity,
  names,
  type DerivedName,
} from '@meshway/plugin-meshed-service-common';

/** How long a name may be, and which of the names made from it sets that limit. */
export type NameBudget = {
  limit: number;
  /** Absent when only the bound of the name itself counts. */
  tightest?: DerivedName;
};

/**
 * The longest name of which every derived name still fits.
 * @param place - `namespace`: the service's own, named like it, when absent.
 */
export function nameBudget(place: {
  cluster: string;
  namespace?: string;
}): NameBudget {
  let tightest: DerivedName | undefined;
  for (let length = bounds.name; length > 0; length--) {
    const tooLong = tooLongFor('a'.repeat(length), place);
    if (!tooLong) return { limit: length, tightest };
    tightest = tooLong;
  }
  return { limit: 0, tightest };
}

function tooLongFor(
  name: string,
  place: { cluster: string; namespace?: string },
): DerivedName | undefined {
  const service = {
    cluster: place.cluster,
    namespace: place.namespace || name,
    name,
  };
  const identity = meshIdentity(
    {
      namespace: names.namespace(service),
      serviceAccount: names.serviceAccount(service),
    },
    defaultPlatform.mesh,
  );
  return derivedNames(service, identity).find(
    ({ value, limit }) => value.length > limit,
  );
}
