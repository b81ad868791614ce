/**
 * Kubernetes' client takes a second to load, or several on a busy machine: nobody should wait for it who asks no cluster, and
 * it should count against no time limit of those who do.
 */
export function kubernetesClient(): typeof import('@kubernetes/client-node') {
  // Jest has no `import()` for modules that it transforms.
  return require('@kubernetes/client-node');
}
