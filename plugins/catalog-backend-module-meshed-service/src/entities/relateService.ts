import {
  CompoundEntityRef,
  parseEntityRef,
  RELATION_API_CONSUMED_BY,
  RELATION_CONSUMES_API,
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { EntityRelationSpec } from '@backstage/plugin-catalog-node';
import {
  Call,
  Client,
  MeshedServiceSpec,
  names,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';

/** A service, and the entity that stands for it. */
export type KnownService = { service: ServiceRef; entityRef: string };

/**
 * Who calls whom, as relations of the catalog. A service depends on what it calls, and its clients depend on it. What is
 * known to be no entity is left out: a relation to nothing helps nobody.
 */
export function relateService(
  spec: MeshedServiceSpec,
  known: readonly KnownService[],
): EntityRelationSpec[] {
  const neighbours = known.filter(
    ({ service }) => service.cluster === spec.cluster,
  );
  const self = names.entityRef(spec);
  const called = spec.calls.flatMap(call => calledBy(call, neighbours));
  const clients = [
    ...spec.clients,
    ...spec.ports.flatMap(port => port.clients ?? []),
  ];
  const callers = clients.flatMap(client => callersOf(client, neighbours));
  return [
    ...unlike(self, called).flatMap(ref => depends(self, ref)),
    ...unlike(self, callers).flatMap(ref => depends(ref, self)),
  ];
}

function calledBy(call: Call, neighbours: readonly KnownService[]): string[] {
  if ('entityRef' in call)
    return [stringifyEntityRef(parseEntityRef(call.entityRef))];
  return neighbours
    .filter(
      ({ service }) =>
        service.namespace === call.namespace && service.name === call.service,
    )
    .map(({ entityRef }) => entityRef);
}

function callersOf(
  client: Client,
  neighbours: readonly KnownService[],
): string[] {
  return neighbours
    .filter(
      ({ service }) =>
        names.namespace(service) === client.namespace &&
        (!('serviceAccount' in client) ||
          names.serviceAccount(service) === client.serviceAccount),
    )
    .map(({ entityRef }) => entityRef);
}

/** Each once, in order, without the service itself. */
function unlike(self: string, refs: readonly string[]): string[] {
  return [...new Set(refs)].filter(ref => ref !== self).sort();
}

function depends(from: string, on: string): EntityRelationSpec[] {
  const source: CompoundEntityRef = parseEntityRef(from);
  const target: CompoundEntityRef = parseEntityRef(on);
  const isApi = target.kind.toLocaleLowerCase('en-US') === 'api';
  return [
    {
      source,
      target,
      type: isApi ? RELATION_CONSUMES_API : RELATION_DEPENDS_ON,
    },
    {
      source: target,
      target: source,
      type: isApi ? RELATION_API_CONSUMED_BY : RELATION_DEPENDENCY_OF,
    },
  ];
}
