import { ObservedObject } from '@meshway/plugin-meshed-service-common';
import type { ObjectsOf } from './gather';
import { key } from './keysOf';

/**
 * @returns the namespaces whose services a change of an object may concern: mostly its own; undefined for what is true of the
 *   whole mesh.
 */
export function namespacesTouched(
  observed: ObservedObject,
  objectsOf: ObjectsOf,
): readonly string[] | undefined {
  switch (observed.kind) {
    case 'ConfigMap':
    case 'Certificate':
      return undefined;
    case 'refused':
      return observed.of === 'ConfigMap' || observed.of === 'Certificate'
        ? undefined
        : [observed.value.ref.namespace ?? ''];
    case 'Application':
      return [observed.value.destination ?? observed.value.namespace];
    case 'HTTPRoute':
    case 'GRPCRoute': {
      const parents = observed.value.parents.map(each => each.namespace);
      return [observed.value.namespace, ...parents];
    }
    case 'MeshTLSAuthentication':
    case 'NetworkAuthentication': {
      const { namespace, name } = observed.value;
      const abroad = objectsOf('AuthorizationPolicy').at(
        key.requires(observed.kind, namespace, name),
      );
      return [
        namespace,
        ...[...abroad].flatMap(each =>
          each.kind === 'AuthorizationPolicy' ? [each.value.namespace] : [],
        ),
      ];
    }
    default:
      return [observed.value.namespace];
  }
}
