import {
  annotations,
  formatServiceRef,
  meshComponentFolder,
  MeshedServiceSpec,
  meshIdentity,
  names,
  ownershipAnnotations,
  ownershipLabels,
  Platform,
  Probe,
  Protocol,
  ServicePort,
  serviceRefOf,
  workloadLabels,
} from '@meshway/plugin-meshed-service-common';

/**
 * What a skeleton may say: `${{ values.<name> }}`. All of it is computed from the spec, so that a skeleton holds no
 * rules; every value is there, empty where the spec says nothing.
 *
 * @public
 */
export type SkeletonValues = {
  name: string;
  description: string;
  /** The description with everything escaped that Markdown or HTML would take for markup. */
  descriptionMarkdown: string;
  owner: string;
  /** Empty when there is none. */
  system: string;
  lifecycle: string;
  environment: string;
  phase: string;
  cluster: string;
  namespace: string;
  /** `<cluster>/<namespace>/<name>`. */
  service: string;
  identity: string;
  repository: string;
  revision: string;
  /** Folder of the manifests. */
  path: string;
  /** Whether Meshway manages `<path>/mesh`. */
  hasMeshFolder: boolean;
  workload: string;
  container: string;
  kubernetesService: string;
  serviceAccount: string;
  image: string;
  replicas: number;
  resources: {
    requests: Record<string, string>;
    limits: Record<string, string>;
  };
  labels: Record<string, string>;
  annotations: Record<string, string>;
  /** Labels that select the pods. */
  selector: Record<string, string>;
  ports: Array<{
    name: string;
    port: number;
    protocol: string;
    /** Empty where Kubernetes has no word for the protocol. */
    appProtocol: string;
  }>;
  /** Kubernetes probes; null when there is none. */
  readinessProbe: KubernetesProbe | null;
  livenessProbe: KubernetesProbe | null;
  /** Kubernetes Secrets that the Vault Secrets Operator fills. */
  secretNames: string[];
  /** Folder in Vault; empty when no secrets are delivered. */
  secretsPath: string;
  /** Entities that the service calls. */
  dependsOn: string[];
  catalogAnnotations: Record<string, string>;
  links: Array<{ url: string; title: string; icon: string }>;
};

/** A probe as Kubernetes writes it. @public */
export type KubernetesProbe =
  | { httpGet: { path: string; port: string } }
  | { grpc: { port: number; service?: string } }
  | { tcpSocket: { port: string } };

/** What a skeleton says that the spec does not know. @public */
export type SkeletonContext = {
  platform: Platform;
  template: { ref: string; version: string };
  /** Address of the repository's branch, for people and for the catalog. */
  sourceUrl: string;
};

/** Computes what skeletons may say. @public */
export function skeletonValues(
  spec: MeshedServiceSpec,
  { platform, template, sourceUrl }: SkeletonContext,
): SkeletonValues {
  const [readiness, liveness = readiness] = probesOf(spec.ports);
  const delivered = spec.secrets.delivery !== 'none';
  const { requests, limits } = spec.workload.resources;
  return {
    name: spec.name,
    description: spec.description,
    descriptionMarkdown: escapeMarkdown(spec.description),
    owner: spec.owner,
    system: spec.system ?? '',
    lifecycle: spec.lifecycle,
    environment: spec.environment,
    phase: spec.phase,
    cluster: spec.cluster,
    namespace: names.namespace(spec),
    service: formatServiceRef(serviceRefOf(spec)),
    identity: meshIdentity(
      {
        namespace: names.namespace(spec),
        serviceAccount: names.serviceAccount(spec),
      },
      platform.mesh,
    ),
    repository: spec.delivery.repository,
    revision: spec.delivery.revision,
    path: spec.delivery.path,
    hasMeshFolder: meshComponentFolder(spec) !== undefined,
    workload: names.workload(spec),
    container: names.container(spec),
    kubernetesService: names.service(spec),
    serviceAccount: names.serviceAccount(spec),
    image: spec.workload.image,
    replicas: spec.workload.replicas,
    resources: { requests: defined(requests), limits: defined(limits) },
    labels: ownershipLabels(spec),
    annotations: ownershipAnnotations(spec),
    selector: workloadLabels(spec),
    ports: spec.ports.map(({ name, port, protocol }) => ({
      name,
      port,
      protocol,
      appProtocol: appProtocols[protocol],
    })),
    readinessProbe: readiness ?? null,
    livenessProbe: liveness ?? null,
    secretNames:
      spec.secrets.delivery === 'vso'
        ? spec.secrets.paths.map(path => names.secret(spec, path))
        : [],
    secretsPath: delivered
      ? `${platform.vault.kvMount}/${names.vaultPath(spec)}`
      : '',
    dependsOn: spec.calls.flatMap(call =>
      'entityRef' in call ? [call.entityRef] : [],
    ),
    catalogAnnotations: {
      [annotations.backstageTechdocsRef]: 'dir:.',
      [annotations.backstageSourceLocation]: `url:${sourceUrl}/`,
      [annotations.backstageKubernetesId]: spec.name,
      [annotations.backstageKubernetesNamespace]: names.namespace(spec),
      [annotations.backstageKubernetesCluster]: spec.cluster,
      [annotations.argocdAppName]: names.argoApplication(spec),
      ...(delivered
        ? { [annotations.vaultSecretsPath]: names.vaultPath(spec) }
        : {}),
      [annotations.service]: formatServiceRef(serviceRefOf(spec)),
      [annotations.backstageSourceTemplate]: template.ref,
      [annotations.backstageTemplateVersion]: template.version,
    },
    links: [{ url: sourceUrl, title: 'Repository', icon: 'github' }],
  };
}

const supplied: Record<keyof SkeletonValues, true> = {
  name: true,
  description: true,
  descriptionMarkdown: true,
  owner: true,
  system: true,
  lifecycle: true,
  environment: true,
  phase: true,
  cluster: true,
  namespace: true,
  service: true,
  identity: true,
  repository: true,
  revision: true,
  path: true,
  hasMeshFolder: true,
  workload: true,
  container: true,
  kubernetesService: true,
  serviceAccount: true,
  image: true,
  replicas: true,
  resources: true,
  labels: true,
  annotations: true,
  selector: true,
  ports: true,
  readinessProbe: true,
  livenessProbe: true,
  secretNames: true,
  secretsPath: true,
  dependsOn: true,
  catalogAnnotations: true,
  links: true,
};

/** Names of everything that `skeletonValues` supplies; `lintSkeleton` refuses others. @public */
export const skeletonVariables: readonly string[] = Object.keys(supplied);

const appProtocols: Readonly<Record<Protocol, string>> = {
  'HTTP/1': 'http',
  'HTTP/2': 'kubernetes.io/h2c',
  gRPC: 'kubernetes.io/h2c',
  opaque: 'linkerd.io/opaque',
  TLS: '',
  unknown: '',
};

/** A container has one readiness and one liveness probe: the first that the ports declare, and the second. */
function probesOf(ports: readonly ServicePort[]): KubernetesProbe[] {
  return ports.flatMap(port => port.probes.map(probe => probeOn(port, probe)));
}

function probeOn(port: ServicePort, probe: Probe): KubernetesProbe {
  switch (probe.kind) {
    case 'http':
      return { httpGet: { path: probe.path, port: port.name } };
    case 'grpc':
      return {
        grpc: {
          port: port.port,
          ...(probe.service === undefined ? {} : { service: probe.service }),
        },
      };
    default:
      return { tcpSocket: { port: port.name } };
  }
}

function defined(
  amounts: Record<string, string | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(amounts).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value]],
    ),
  );
}

function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+.!|~$:@^=-]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
