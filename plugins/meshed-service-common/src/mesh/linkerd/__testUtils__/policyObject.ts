import type { KubernetesObject } from '../../../model';

/** An object of Linkerd's group, in namespace `shop`. */
export function object(
  kind: string,
  name: string,
  spec: object,
): KubernetesObject {
  return {
    apiVersion: 'policy.linkerd.io/v1',
    kind,
    metadata: { name, namespace: 'shop' },
    spec,
  };
}
