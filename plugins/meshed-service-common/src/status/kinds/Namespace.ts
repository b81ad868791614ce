import type { KubernetesObject } from '../../model';
import { annotations } from '../../model';
import { proxySettingsIn } from '../../mesh';
import { Origin, originOf, textsOf } from '../../mesh/readable';

/**
 * The parts of a Namespace that decide what becomes of new pods in it.
 *
 * @public
 */
export type Namespace = Origin & {
  /** `enabled`, `ingress`, `disabled`, or absent. */
  inject: string | undefined;
  /** Copied to pods when they are created. */
  defaultInboundPolicy: string | undefined;
  /** Everything that is copied to pods when they are created. */
  proxySettings: ReadonlyMap<string, string>;
  /** It is being deleted, and everything in it. */
  deleting: boolean;
};

/** @returns the narrow form; every Namespace has one. */
export function namespaceFromKubernetes(object: KubernetesObject): Namespace {
  const written = textsOf(object.metadata.annotations);
  return {
    ...originOf(object),
    namespace: object.metadata.name,
    inject: written.get(annotations.linkerdInject),
    defaultInboundPolicy: written.get(annotations.linkerdDefaultInboundPolicy),
    proxySettings: proxySettingsIn(written),
    deleting: object.metadata.deletionTimestamp !== undefined,
  };
}
