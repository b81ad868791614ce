import { observedResources } from '@meshway/plugin-meshed-service-common';
import type { Fleet } from '../fleet';

/** A resource as its path and its lists name it. */
export type ServedResource = {
  group: string;
  apiVersion: string;
  kind: string;
  resource: string;
  namespaced: boolean;
};

const builtIn = new Set([
  ...['', 'apps', 'batch', 'networking.k8s.io', 'apiextensions.k8s.io'],
]);

/** Tell what is installed. */
export const definitions: ServedResource = {
  group: 'apiextensions.k8s.io',
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  resource: 'customresourcedefinitions',
  namespaced: false,
};

/** @returns everything that can be watched, in the version in which the fleet has it. */
export function servedBy(fleet: Fleet): ServedResource[] {
  const observed = observedResources.flatMap(({ kind, groups, scope }) =>
    groups.map(({ group, versions, resource }) => ({
      group,
      apiVersion:
        fleet.apiVersionOf(group, kind) ??
        (group === '' ? versions[0] : `${group}/${versions[0]}`),
      kind,
      resource,
      namespaced: scope === 'namespace',
    })),
  );
  return [definitions, ...observed];
}

/** @returns a CustomResourceDefinition for everything that needs one, as far as it is watched: its metadata. */
export function definitionsOf(served: readonly ServedResource[]): object[] {
  return served
    .filter(({ group }) => !builtIn.has(group))
    .map(({ group, resource }, index) => ({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: {
        name: `${resource}.${group}`,
        uid: `definition-${index}`,
        resourceVersion: String(index + 1),
        generation: 1,
      },
    }));
}

/** As an API server answers what a group has. */
export function resourceList(
  served: readonly ServedResource[],
  apiVersion: string,
): object {
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersion,
    resources: served
      .filter(each => each.apiVersion === apiVersion)
      .map(({ resource, kind, namespaced }) => ({
        name: resource,
        singularName: '',
        kind,
        namespaced,
        verbs: ['get', 'list', 'watch'],
      })),
  };
}

export const rootOf = (apiVersion: string) =>
  apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
