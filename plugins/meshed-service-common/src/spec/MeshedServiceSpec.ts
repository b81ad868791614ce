/** A version of the spec's shape; stands in the stamp. @public */
export const SPEC_API_VERSION = 'meshway.dev/v1alpha1';

/** The phases of a service, from the loosest to the strictest. @public */
export const phases = ['observe', 'audit', 'enforce'] as const;
/** How strictly the mesh holds clients to the declared ones. @public */
export type Phase = (typeof phases)[number];

/** The protocols that a port may speak. @public */
export const protocols = [
  'HTTP/1',
  'HTTP/2',
  'gRPC',
  'opaque',
  'TLS',
  'unknown',
] as const;
/** Linkerd's `proxyProtocol`, in its own spelling. @public */
export type Protocol = (typeof protocols)[number];

/** The lifecycles that a service may be in. @public */
export const lifecycles = ['experimental', 'production', 'deprecated'] as const;
/** How far a service is in its life: the catalog's lifecycle. @public */
export type Lifecycle = (typeof lifecycles)[number];

/** The environments that a service may run in. @public */
export const environments = ['development', 'staging', 'production'] as const;
/** What a service is run for. @public */
export type Environment = (typeof environments)[number];

/** The ways in which secrets may reach a service. @public */
export const secretDeliveries = ['none', 'vso', 'agent'] as const;
/** Vault Secrets Operator, the agent injector, or no secrets at all. @public */
export type SecretDelivery = (typeof secretDeliveries)[number];

/** The ways in which a service may reach its cluster. @public */
export const deliveryModes = ['gitops', 'apply'] as const;
/** Who writes the cluster: Argo CD from the service's repository, or the portal's backend. @public */
export type DeliveryMode = (typeof deliveryModes)[number];

/** Who may call: one ServiceAccount, or every ServiceAccount of a namespace. @public */
export type Client =
  | { namespace: string; serviceAccount: string }
  | { namespace: string };

/** How the kubelet asks whether a container is well. @public */
export type Probe =
  | { kind: 'http'; path: string }
  | { kind: 'grpc'; service?: string }
  | { kind: 'tcp' };

/** A port that a service listens on: how it speaks, who may call it, and how it is probed. @public */
export type ServicePort = {
  /** Name of the container port, at most 15 characters. */
  name: string;
  port: number;
  protocol: Protocol;
  /** Replaces the clients of the service for this port. */
  clients?: Client[];
  probes: Probe[];
};

/** What the service calls: an entity of the catalog, or a port in the cluster. @public */
export type Call =
  | { entityRef: string }
  | { namespace: string; service: string; port: number };

/** What a container asks of a node, and what it may use at most; amounts as Kubernetes writes them. @public */
export type Resources = {
  requests: { cpu: string; memory: string };
  limits: { cpu?: string; memory: string };
};

/** How many requests a service takes before its proxy refuses more. @public */
export type RateLimit = {
  /** Requests per second, over all clients. */
  total?: number;
  /** Requests per second for each client identity. */
  perClient?: number;
  overrides: Array<{
    requestsPerSecond: number;
    clients: Array<{ namespace: string; serviceAccount: string }>;
  }>;
};

/** Which networks outside the cluster a service may call. @public */
export type Egress = {
  /** What happens to traffic that leaves the cluster for a network that is not listed. */
  trafficPolicy: 'Allow' | 'Deny';
  allow: Array<{ cidr: string; ports: number[] }>;
};

/** What all pods of the namespace may use together. @public */
export type Quota = {
  cpu: string;
  memory: string;
  pods: number;
};

/**
 * A team's request for a service, parsed: every default filled in, every name checked, nothing unknown in it.
 * Only `parseMeshedServiceSpec` makes one.
 *
 * @public
 */
export type MeshedServiceSpec = {
  name: string;
  /** Entity reference of a group or user, in full: `group:default/payments`. */
  owner: string;
  /** Entity reference of a system, in full. */
  system?: string;
  description: string;
  lifecycle: Lifecycle;
  environment: Environment;
  /** A name of the portal's Kubernetes clusters. */
  cluster: string;
  namespace: string;
  workload: { image: string; replicas: number; resources: Resources };
  ports: ServicePort[];
  clients: Client[];
  calls: Call[];
  phase: Phase;
  rateLimit?: RateLimit;
  egress?: Egress;
  secrets: { delivery: SecretDelivery; paths: string[] };
  delivery: {
    mode: DeliveryMode;
    /** `name` or `owner/name`, as the configured forge understands it. */
    repository: string;
    /** Folder in the repository that Argo CD reads. */
    path: string;
    revision: string;
    /** Argo CD AppProject. */
    project: string;
  };
  quota?: Quota;
};
