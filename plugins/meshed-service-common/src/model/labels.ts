/** Every label and annotation key that the suite writes or reads. Written once, used by both flows. @public */
export const labels = {
  name: 'app.kubernetes.io/name',
  partOf: 'app.kubernetes.io/part-of',
  managedBy: 'app.kubernetes.io/managed-by',
  /** Value of `managedBy` on everything that is ours. */
  managedByMeshway: 'meshway',
  service: 'meshway.dev/service',
  environment: 'meshway.dev/environment',
  /** Lets Backstage's own Kubernetes plugin find the objects. */
  backstageKubernetesId: 'backstage.io/kubernetes-id',
  podSecurityEnforce: 'pod-security.kubernetes.io/enforce',
  podSecurityWarn: 'pod-security.kubernetes.io/warn',
  podSecurityAudit: 'pod-security.kubernetes.io/audit',
  namespaceName: 'kubernetes.io/metadata.name',
  linkerdControlPlaneNamespace: 'linkerd.io/control-plane-ns',
  /** The injector writes one of these on each pod; scrapers carry them over to series. */
  linkerdProxyDeployment: 'linkerd.io/proxy-deployment',
  linkerdProxyStatefulSet: 'linkerd.io/proxy-statefulset',
  linkerdProxyDaemonSet: 'linkerd.io/proxy-daemonset',
  /** On the pods of a Deployment: what the name of their ReplicaSet ends with. */
  podTemplateHash: 'pod-template-hash',
} as const;

/** Keys of the annotations that are written or read. @public */
export const annotations = {
  owner: 'meshway.dev/owner',
  entityRef: 'meshway.dev/entity-ref',
  claim: 'meshway.dev/claim',
  /** On a catalog entity: `<cluster>/<namespace>/<name>` of the service it stands for. */
  service: 'meshway.dev/service',
  linkerdInject: 'linkerd.io/inject',
  linkerdDefaultInboundPolicy: 'config.linkerd.io/default-inbound-policy',
  linkerdSkipInboundPorts: 'config.linkerd.io/skip-inbound-ports',
  linkerdSkipOutboundPorts: 'config.linkerd.io/skip-outbound-ports',
  linkerdSkipSubnets: 'config.linkerd.io/skip-subnets',
  linkerdOpaquePorts: 'config.linkerd.io/opaque-ports',
  linkerdRequireIdentityPorts:
    'config.linkerd.io/proxy-require-identity-inbound-ports',
  linkerdProxyVersion: 'linkerd.io/proxy-version',
  /** Asks for another version than the installation's. */
  linkerdAskedProxyVersion: 'config.linkerd.io/proxy-version',
  linkerdTrustRoot: 'linkerd.io/trust-root-sha256',
  backstageKubernetesId: 'backstage.io/kubernetes-id',
  backstageKubernetesNamespace: 'backstage.io/kubernetes-namespace',
  backstageKubernetesLabelSelector: 'backstage.io/kubernetes-label-selector',
  backstageKubernetesCluster: 'backstage.io/kubernetes-cluster',
  backstageTemplateVersion: 'backstage.io/template-version',
  backstageSourceTemplate: 'backstage.io/source-template',
  backstageSourceLocation: 'backstage.io/source-location',
  backstageTechdocsRef: 'backstage.io/techdocs-ref',
  argocdAppName: 'argocd/app-name',
  argocdSyncOptions: 'argocd.argoproj.io/sync-options',
  argocdTrackingId: 'argocd.argoproj.io/tracking-id',
  vaultSecretsPath: 'vault.io/secrets-path',
} as const;

/** What selects the pods of a service. Immutable in a Deployment: never add to it. @public */
export function workloadLabels(spec: { name: string }): Record<string, string> {
  return { [labels.name]: spec.name };
}

/** Carried by every Kubernetes object that is ours. @public */
export function ownershipLabels(spec: {
  name: string;
  system?: string;
  environment: string;
}): Record<string, string> {
  return {
    ...workloadLabels(spec),
    ...(spec.system ? { [labels.partOf]: entityNameOf(spec.system) } : {}),
    [labels.managedBy]: labels.managedByMeshway,
    [labels.service]: spec.name,
    [labels.environment]: spec.environment,
    [labels.backstageKubernetesId]: spec.name,
  };
}

/** Carried by every Kubernetes object that is ours: what does not fit into a label value. @public */
export function ownershipAnnotations(spec: {
  name: string;
  owner: string;
}): Record<string, string> {
  return {
    [annotations.owner]: spec.owner,
    [annotations.entityRef]: `component:default/${spec.name}`,
  };
}

function entityNameOf(entityRef: string): string {
  return entityRef.slice(entityRef.lastIndexOf('/') + 1);
}
