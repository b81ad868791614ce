import type {
  KubernetesObject,
  ObservedKind,
  ObservedResource,
} from '@meshway/plugin-meshed-service-common';
import type { ServedKind } from '../../kubernetes';
import { collectionPath, objectPath } from '../../kubernetes/address';
import type { Place } from './ByPlace';

/** One resource of one API group, as it is listed and watched. */
export type Collection = {
  kind: string;
  group: string;
  /** The preferred one first. */
  versions: readonly string[];
  resource: string;
  /** Of the CustomResourceDefinition that brings it; built in without. */
  definition?: string;
  /** Nothing but this namespace. */
  namespace?: string;
  /** Nothing but the object of this name. */
  name?: string;
  /** To be read by its own path where nothing is watched: whoever may read a namespace may seldom list them. */
  byPath?: boolean;
  metadataOnly: boolean;
};

/** A collection that is part of what is known of one kind. */
export type ObservedCollection = Collection & { kind: ObservedKind };

const builtIn = new Set(['', 'apps', 'batch', 'networking.k8s.io']);

const METADATA = ['PartialObjectMetadata', 'PartialObjectMetadataList'].map(
  kind => `application/json;as=${kind};g=meta.k8s.io;v=v1`,
);

/** Where the programs stand that a status asks about. */
export type Places = {
  controlPlaneNamespace: string;
  argocdNamespace: string;
};

/** @returns everything that has to be watched to know these kinds. */
export function collectionsOf(
  resources: readonly ObservedResource[],
  places: Places & { namespace?: string },
): ObservedCollection[] {
  const homes = {
    controlPlane: places.controlPlaneNamespace,
    argocd: places.argocdNamespace,
  };
  return resources.flatMap(({ kind, groups, scope, within, only, body }) =>
    groups.flatMap(served => {
      const isNamespaced = scope === 'namespace';
      const namespace = within ? homes[within] : places.namespace;
      const names = only?.names ?? [
        isNamespaced ? undefined : places.namespace,
      ];
      return names.map(name => ({
        kind,
        ...served,
        ...(builtIn.has(served.group)
          ? {}
          : { definition: `${served.resource}.${served.group}` }),
        ...(isNamespaced && namespace !== undefined ? { namespace } : {}),
        ...(name === undefined ? {} : { name }),
        ...(isNamespaced || name === undefined ? {} : { byPath: true }),
        metadataOnly: body === 'metadata',
      }));
    }),
  );
}

/** All CustomResourceDefinitions, by name and version of their content alone. */
export const definitions: Collection = {
  kind: 'CustomResourceDefinition',
  group: 'apiextensions.k8s.io',
  versions: ['v1'],
  resource: 'customresourcedefinitions',
  metadataOnly: true,
};

export function apiVersionOf({ group }: Collection, version: string): string {
  return group === '' ? version : `${group}/${version}`;
}

export function pathOf(collection: Collection, version: string): string {
  return collectionPath(servedAs(collection, version), collection.namespace);
}

/** @returns the path of one object that lives in no namespace. */
export function onePathOf(
  collection: Collection,
  version: string,
  name: string,
): string {
  const kind = servedAs(collection, version);
  return objectPath(kind, { ...kind, name });
}

function servedAs(collection: Collection, version: string): ServedKind {
  const { kind, resource, namespace } = collection;
  return {
    apiVersion: apiVersionOf(collection, version),
    kind,
    resource,
    namespaced: namespace !== undefined,
    verbs: [],
  };
}

/** @returns what narrows a list or a watch to the collection. */
export function selectorOf({ name }: Collection): Record<string, string> {
  return name === undefined ? {} : { fieldSelector: `metadata.name=${name}` };
}

/** @returns the format to ask for. */
export function acceptOf(
  { metadataOnly }: Collection,
  verb: 'get' | 'list' | 'watch',
): string {
  if (!metadataOnly) return 'application/json';
  return `${METADATA[verb === 'list' ? 1 : 0]},application/json`;
}

/** As in roles: `servers.policy.linkerd.io`. */
export function resourceOf({ resource, group }: Collection): string {
  return group === '' ? resource : `${resource}.${group}`;
}

/** @returns an object under the kind of its collection: lists leave it out, and metadata alone has another. */
export function asMemberOf(
  collection: Collection,
  version: string,
  object: KubernetesObject,
): KubernetesObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return {
    ...object,
    apiVersion: apiVersionOf(collection, version),
    kind: collection.kind,
    metadata,
  };
}

/** @returns what stands for an object that is gone. */
export function remainsOf(
  collection: Collection,
  version: string,
  place: Place,
): KubernetesObject {
  return {
    apiVersion: apiVersionOf(collection, version),
    kind: collection.kind,
    metadata: place,
  };
}

/** @returns why a collection is not served though it should be. */
export function whyNotServed(collection: Collection, cluster: string): string {
  const { definition, versions } = collection;
  return definition
    ? `cluster ${cluster} has ${definition}, and serves none of its versions ${versions.join(
        ', ',
      )}`
    : `what answers for cluster ${cluster} does not serve ${resourceOf(
        collection,
      )}; check its address`;
}
