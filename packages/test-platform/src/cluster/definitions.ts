import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { repository } from '../tools';
import type { Manifest } from './ApiServer';

export type Definitions = {
  objects: Manifest[];
  /** Where they come from, as `status` says it. */
  origin: string;
};

/** CRDs of a real installation, recorded beside the checkout (MESHWAY_RECORDED names them elsewhere, or nowhere). */
const recorded =
  process.env.MESHWAY_RECORDED ??
  path.resolve(repository, '../shared/data/linkerd');

/** @returns the kinds of Linkerd: the recorded ones, or our own minimal ones, which accept any content. */
export function linkerdDefinitions(): Definitions {
  return (
    recordedIn('linkerd-crds') ??
    minimal('policy.linkerd.io', {
      Server: ['servers', 'v1beta1', 'v1beta2', 'v1beta3'],
      ServerAuthorization: ['serverauthorizations', 'v1beta1'],
      AuthorizationPolicy: ['authorizationpolicies', 'v1alpha1'],
      MeshTLSAuthentication: ['meshtlsauthentications', 'v1alpha1'],
      NetworkAuthentication: ['networkauthentications', 'v1alpha1'],
      HTTPLocalRateLimitPolicy: ['httplocalratelimitpolicies', 'v1alpha1'],
      EgressNetwork: ['egressnetworks', 'v1alpha1'],
      // Linkerd's own, older than Gateway API's.
      HTTPRoute: ['httproutes', 'v1beta3'],
    })
  );
}

export function gatewayDefinitions(): Definitions {
  return (
    recordedIn('gateway-api-crds') ??
    minimal('gateway.networking.k8s.io', {
      HTTPRoute: ['httproutes', 'v1beta1', 'v1'],
      GRPCRoute: ['grpcroutes', 'v1'],
    })
  );
}

/** Vault Secrets Operator: never recorded, so always our own. */
export const vaultOperatorDefinitions = () =>
  minimal('secrets.hashicorp.com', {
    VaultAuth: ['vaultauths', 'v1beta1'],
    VaultConnection: ['vaultconnections', 'v1beta1'],
    VaultStaticSecret: ['vaultstaticsecrets', 'v1beta1'],
  });

/** @returns every document of the YAML files of a folder. */
export function manifestsIn(folder: string): Manifest[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .flatMap(name => manifestsOf(path.join(folder, name)));
}

/** @returns every document of a YAML file. */
export function manifestsOf(file: string): Manifest[] {
  return parseAllDocuments(readFileSync(file, 'utf8'))
    .map(document => document.toJS() as Manifest | null)
    .filter((object): object is Manifest => Boolean(object?.kind));
}

function recordedIn(name: string): Definitions | undefined {
  const folder = path.join(recorded, name);
  return existsSync(folder)
    ? { objects: manifestsIn(folder), origin: 'recorded from a real one' }
    : undefined;
}

type Kinds = Record<string, readonly [plural: string, ...versions: string[]]>;

function minimal(group: string, kinds: Kinds): Definitions {
  return {
    origin: 'minimal ones of our own, which accept any content',
    objects: Object.entries(kinds).map(([kind, [plural, ...versions]]) => ({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${plural}.${group}`, annotations: approved },
      spec: {
        group,
        scope: 'Namespaced',
        names: { kind, plural, singular: kind.toLowerCase() },
        versions: versions.map((name, index) => ({
          name,
          served: true,
          storage: index === versions.length - 1,
          subresources: { status: {} },
          schema: { openAPIV3Schema: anything },
        })),
      },
    })),
  };
}

const anything = {
  type: 'object',
  properties: {
    spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
};

/** Groups of Kubernetes itself are refused without it. */
const approved = {
  'api-approved.kubernetes.io': 'unapproved, for tests only',
};
