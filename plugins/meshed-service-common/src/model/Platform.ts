/**
 * What the platform team decided once, for every service: read from configuration, an input of rendering.
 * Nothing here is secret.
 *
 * @public
 */
export type Platform = {
  mesh: {
    /** Namespace of the Linkerd control plane. */
    controlPlaneNamespace: string;
    /** Identity trust domain. */
    trustDomain: string;
    /** linkerd-cni is installed, so pods need no privileged init container and namespaces can be `restricted`. */
    cni: boolean;
    /** CIDRs of pods and services; outside of them is egress. Linkerd's own default. */
    clusterNetworks: readonly string[];
    /** From where the kubelet probes. Linkerd's own default: everywhere. */
    probeNetworks: readonly string[];
  };
  prometheus: {
    /** Namespace whose pods may reach port 4191 when egress and ingress are restricted. */
    namespace: string;
    /** The scraper's identity when it is meshed; undefined when it is not. */
    serviceAccount?: string;
  };
  vault: {
    namespace: string;
    address: string;
    /** Mount of the Kubernetes auth method. */
    authMount: string;
    /** Mount of the KV v2 engine. */
    kvMount: string;
    audience: string;
    /** One ACL policy per service instead of the platform's single templated one. Costs the portal the right to write policies. */
    policyPerService: boolean;
    /** Lifetime of a login, in seconds. */
    tokenTtlSeconds: number;
  };
  argocd: {
    namespace: string;
    /** Address of the API server as Argo CD names the cluster. */
    destinationServer: string;
  };
  forge: {
    /** Address that Argo CD clones from; `{repository}` is replaced. */
    repositoryUrl: string;
  };
};

/** A platform as `infra/` sets it up: the default of every setting. @public */
export const defaultPlatform: Platform = {
  mesh: {
    controlPlaneNamespace: 'linkerd',
    trustDomain: 'cluster.local',
    cni: true,
    clusterNetworks: [
      '10.0.0.0/8',
      '100.64.0.0/10',
      '172.16.0.0/12',
      '192.168.0.0/16',
      'fd00::/8',
    ],
    probeNetworks: ['0.0.0.0/0', '::/0'],
  },
  prometheus: { namespace: 'monitoring' },
  vault: {
    namespace: 'vault',
    address: 'https://vault.vault.svc.cluster.local:8200',
    authMount: 'kubernetes',
    kvMount: 'kv',
    audience: 'vault',
    policyPerService: false,
    tokenTtlSeconds: 3600,
  },
  argocd: {
    namespace: 'argocd',
    destinationServer: 'https://kubernetes.default.svc',
  },
  forge: { repositoryUrl: 'https://git.example.com/{repository}.git' },
};

/** @returns the address that Argo CD clones a repository from. @public */
export function repositoryUrl(platform: Platform, repository: string): string {
  return platform.forge.repositoryUrl.replace('{repository}', () => repository);
}
