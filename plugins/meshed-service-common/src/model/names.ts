/** Where a service lives: unique on the platform. @public */
export type ServiceRef = { cluster: string; namespace: string; name: string };

/** @returns `<cluster>/<namespace>/<name>`. @public */
export function formatServiceRef(ref: ServiceRef): string {
  return `${ref.cluster}/${ref.namespace}/${ref.name}`;
}

/** @returns the reference, or undefined when the text is not `<cluster>/<namespace>/<name>`. @public */
export function parseServiceRef(text: string): ServiceRef | undefined {
  const [cluster, namespace, name, ...rest] = text.split('/');
  return cluster && namespace && name && rest.length === 0
    ? { cluster, namespace, name }
    : undefined;
}

/** @returns the reference of a spec. @public */
export function serviceRefOf(spec: ServiceRef): ServiceRef {
  return { cluster: spec.cluster, namespace: spec.namespace, name: spec.name };
}

/** A port as far as names are concerned. @public */
export type NamedPort = { name: string };

/**
 * Every name that is derived from a spec. No other room may join strings into a name.
 *
 * Parts are joined with characters that no part may contain wherever two different services could otherwise get one
 * name: `.` in names that are DNS subdomains, `/` in paths.
 *
 * @public
 */
export const names = {
  namespace: (spec: ServiceRef) => spec.namespace,
  serviceAccount: (spec: ServiceRef) => spec.name,
  workload: (spec: ServiceRef) => spec.name,
  service: (spec: ServiceRef) => spec.name,
  container: (spec: ServiceRef) => spec.name,
  ownerRole: (spec: ServiceRef) => `${spec.name}-owners`,
  resourceQuota: (spec: ServiceRef) => `${spec.name}-quota`,
  limitRange: (spec: ServiceRef) => `${spec.name}-limits`,
  meshNetworkPolicy: (spec: ServiceRef) => `${spec.name}-mesh`,
  portsNetworkPolicy: (spec: ServiceRef) => `${spec.name}-ports`,
  egressNetworkPolicy: (spec: ServiceRef) => `${spec.name}-egress`,
  server: (spec: ServiceRef, port: NamedPort) => `${spec.name}.${port.name}`,
  /** Clients of the whole service. */
  clients: (spec: ServiceRef) => `${spec.name}-clients`,
  /** Clients of one port, and the policy that lets clients reach it. */
  portClients: (spec: ServiceRef, port: NamedPort) =>
    `${spec.name}.${port.name}-clients`,
  probeNetworks: (spec: ServiceRef) => `${spec.name}-probes`,
  probeRoute: (spec: ServiceRef, port: NamedPort) =>
    `${spec.name}.${port.name}-probes`,
  callsRoute: (spec: ServiceRef, port: NamedPort) =>
    `${spec.name}.${port.name}-calls`,
  /** The Server on the proxy's own port. */
  proxyAdmin: (spec: ServiceRef) => `${spec.name}-proxy-admin`,
  /** What the kubelet asks the proxy, and the policy that lets it. */
  proxyProbes: (spec: ServiceRef) => `${spec.name}-proxy-probes`,
  /** What Prometheus asks the proxy, who it is, and the policy that lets it. */
  proxyMetrics: (spec: ServiceRef) => `${spec.name}-proxy-metrics`,
  rateLimit: (spec: ServiceRef, port: NamedPort) =>
    `${spec.name}.${port.name}-rate-limit`,
  egressNetwork: (spec: ServiceRef) => `${spec.name}-egress`,
  vaultAuth: (spec: ServiceRef) => `${spec.name}-vault`,
  /** The Kubernetes Secret, and the VaultStaticSecret that fills it. `path` has been checked segment by segment. */
  secret: (spec: ServiceRef, path: string) =>
    `${spec.name}.${path.replace(/[/_]/g, '-')}`,
  /** File in which the agent injector leaves a secret. Two paths that differ only in separators share it: refused at the door. */
  secretFile: (path: string) => `${path.replace(/[/_]/g, '-')}.json`,
  vaultRole: (spec: ServiceRef) =>
    `meshway.${spec.cluster}.${spec.namespace}.${spec.name}`,
  /** The one templated policy of the platform, or the service's own. */
  vaultPolicy: (
    spec: ServiceRef,
    platform: { vault: { policyPerService: boolean } },
  ) =>
    platform.vault.policyPerService
      ? names.vaultRole(spec)
      : `meshway.${spec.cluster}`,
  /** Folder of the service's secrets below the KV mount. */
  vaultPath: (spec: ServiceRef) =>
    `${spec.cluster}/${spec.namespace}/${names.serviceAccount(spec)}`,
  argoApplication: (spec: ServiceRef) =>
    spec.namespace === spec.name
      ? `${spec.name}.${spec.cluster}`
      : `${spec.name}.${spec.namespace}.${spec.cluster}`,
  /** The claim on a name in the platform's registry repository. */
  registration: (spec: ServiceRef) =>
    `services/${spec.cluster}/${spec.namespace}/${spec.name}.yaml`,
  entityRef: (spec: ServiceRef) => `component:default/${spec.name}`,
} as const;

/** A derived name that has a limit, and what the limit is there for. @public */
export type DerivedName = {
  what: string;
  value: string;
  /** Characters. */
  limit: number;
  why: string;
};

/** The derived names whose length can make a service name unusable, the tightest first where they tie. @public */
export function derivedNames(
  spec: ServiceRef,
  identity: string,
): DerivedName[] {
  const label = 'a Kubernetes label value';
  return [
    { what: 'Namespace', value: names.namespace(spec), limit: 63, why: label },
    {
      what: 'ServiceAccount and label',
      value: names.serviceAccount(spec),
      limit: 63,
      why: label,
    },
    {
      what: 'Deployment',
      value: names.workload(spec),
      limit: 63 - '-1234567890-12345'.length,
      why: 'the host name of its pods, which carry two generated suffixes',
    },
    {
      what: 'Argo CD application',
      value: names.argoApplication(spec),
      limit: 63,
      why: 'the label by which Argo CD tracks it',
    },
    {
      what: 'Vault role',
      value: names.vaultRole(spec),
      limit: 128,
      why: 'a path segment in Vault',
    },
    {
      what: 'Linkerd identity',
      value: identity,
      limit: 253,
      why: 'a DNS name in a certificate',
    },
  ];
}
