import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { KubernetesObject } from '../../model';
import { isUnreadable, refuse, Unreadable } from '../readable';
import { ClusterSettings, defaultPolicies } from './inbound';
import { canonicalNetwork, isNetwork } from './kinds';

const networks = z
  .union([
    z.array(z.string()),
    z.string().transform(text => text.split(',').map(each => each.trim())),
  ])
  .refine(
    list => list.every(isNetwork),
    'names something that is no network (10.0.0.0/8,fd00::/8)',
  )
  .transform(list => list.map(canonicalNetwork));

const values = z.object({
  clusterNetworks: networks.optional(),
  clusterDomain: z.string().optional(),
  linkerdVersion: z.string().max(100).nullish(),
  identityTrustDomain: z.string().optional(),
  proxy: z
    .object({
      defaultInboundPolicy: z.enum(defaultPolicies).optional(),
      image: z.object({ version: z.string().max(100).nullish() }).nullish(),
    })
    .optional(),
  policyController: z.object({ probeNetworks: networks.optional() }).optional(),
});

/**
 * @returns whether an object is the ConfigMap in which an installation of Linkerd keeps its values.
 *
 * @public
 */
export function isLinkerdConfig({
  apiVersion,
  kind,
  metadata,
}: KubernetesObject): boolean {
  return (
    apiVersion === 'v1' &&
    kind === 'ConfigMap' &&
    metadata.name === 'linkerd-config'
  );
}

/**
 * What an installation of Linkerd says about itself.
 *
 * @public
 */
export type LinkerdInstallation = {
  /** What its values say about its policy controller. */
  settings: Partial<ClusterSettings>;
  /** The version that its injector gives to new proxies, unless an annotation asks for another. */
  version: string | undefined;
};

/**
 * @returns what the values of an installation say about its policy controller, or why they cannot be read.
 *
 * @public
 */
export function readLinkerdConfig(
  object: KubernetesObject,
): Partial<ClusterSettings> | Unreadable {
  const read = readLinkerdInstallation(object);
  return isUnreadable(read) ? read : read.settings;
}

/**
 * @returns what an installation says about itself, or why it cannot be read.
 *
 * @public
 */
export function readLinkerdInstallation(
  object: KubernetesObject,
): LinkerdInstallation | Unreadable {
  const { data } = z
    .object({ data: z.object({ values: z.string() }).optional() })
    .catch({})
    .parse(object);
  if (!data) return refuse(object, 'data.values is missing');
  const document = parseDocument(data.values);
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0].line;
    return refuse(object, `data.values is not valid YAML at its line ${line}`);
  }
  const read = values.safeParse(document.toJS({ maxAliasCount: 100 }) ?? {});
  if (!read.success) {
    const { path, message } = read.error.issues[0];
    return refuse(object, `data.values.${path.join('.')}: ${message}`);
  }
  const { clusterNetworks, identityTrustDomain, clusterDomain } = read.data;
  const settings: Partial<ClusterSettings> = {
    defaultInboundPolicy: read.data.proxy?.defaultInboundPolicy,
    controlPlaneNamespace: object.metadata.namespace,
    trustDomain: identityTrustDomain || clusterDomain,
    clusterNetworks,
    probeNetworks: read.data.policyController?.probeNetworks,
  };
  return {
    settings: Object.fromEntries(
      Object.entries(settings).filter(([, value]) => value !== undefined),
    ),
    version:
      read.data.proxy?.image?.version || read.data.linkerdVersion || undefined,
  };
}
