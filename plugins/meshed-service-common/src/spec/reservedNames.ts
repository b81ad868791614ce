/**
 * Names that no service and no namespace of a service may take: they belong to Kubernetes, the platform or the portal,
 * and whoever took one could inherit what others have bound to it.
 */
const reserved: ReadonlyArray<{ name: RegExp; belongsTo: string }> = [
  { name: /^default$/, belongsTo: 'Kubernetes' },
  { name: /^kube(?:-.*)?$/, belongsTo: 'Kubernetes' },
  { name: /^kubernetes$/, belongsTo: 'Kubernetes' },
  { name: /-system$/, belongsTo: 'a system component' },
  { name: /^linkerd(?:-.*)?$/, belongsTo: 'Linkerd' },
  { name: /^istio(?:-.*)?$/, belongsTo: 'Istio' },
  { name: /^argo(?:cd)?(?:-.*)?$/, belongsTo: 'Argo CD' },
  { name: /^vault(?:-.*)?$/, belongsTo: 'Vault' },
  { name: /^cert-manager(?:-.*)?$/, belongsTo: 'cert-manager' },
  { name: /^velero(?:-.*)?$/, belongsTo: 'Velero' },
  { name: /^flux(?:-.*)?$/, belongsTo: 'Flux' },
  { name: /^kyverno(?:-.*)?$/, belongsTo: 'Kyverno' },
  { name: /^gatekeeper(?:-.*)?$/, belongsTo: 'Gatekeeper' },
  { name: /^openshift(?:-.*)?$/, belongsTo: 'OpenShift' },
  { name: /^(?:monitoring|prometheus|grafana)$/, belongsTo: 'the platform' },
  { name: /^backstage$/, belongsTo: 'the portal' },
  { name: /^meshway(?:-.*)?$/, belongsTo: 'the portal' },
  { name: /^xn--/, belongsTo: 'internationalized domain names' },
];

/** @returns to whom a name belongs, or undefined when anybody may take it. @public */
export function reservedFor(name: string): string | undefined {
  return reserved.find(entry => entry.name.test(name))?.belongsTo;
}
