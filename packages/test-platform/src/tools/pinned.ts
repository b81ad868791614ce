/**
 * A program of the platform: which version, how it says so, and where it comes from where the machine has none.
 */
export type Tool = {
  name: ToolName;
  /** `major.minor` that a program on the PATH must have to be taken. */
  version: string;
  /** Arguments that make it say its version. */
  versionArguments: readonly string[];
  source: GoSource | DebianSource;
};

export type ToolName =
  | 'etcd'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kwok'
  | 'vault'
  | 'argocd'
  | 'kustomize'
  | 'redis-server'
  | 'prometheus';

/** Built from the Go module in `tools/<module>`, whose go.mod pins everything. */
export type GoSource = {
  kind: 'go';
  module: string;
  package: string;
  linkerFlags?: readonly string[];
  /** Folders of Go modules that the platform reads, too: `[module, folder, name of the copy]`. */
  files?: ReadonlyArray<readonly [module: string, from: string, to: string]>;
};

export type DebianSource = { kind: 'debian'; package: string };

const kubernetesVersion = 'v1.36.3';

/** @returns a program of Kubernetes; without the flags it would call itself v0.0.0. */
function kubernetes(name: ToolName): Tool {
  return {
    name,
    version: '1.36',
    versionArguments: ['--version'],
    source: {
      kind: 'go',
      module: 'kubernetes',
      package: `k8s.io/kubernetes/cmd/${name}`,
      linkerFlags: [
        `-X k8s.io/component-base/version.gitVersion=${kubernetesVersion}`,
        `-X k8s.io/client-go/pkg/version.gitVersion=${kubernetesVersion}`,
      ],
    },
  };
}

function debian(name: ToolName, version: string): Tool {
  return {
    name,
    version,
    versionArguments: ['--version'],
    source: { kind: 'debian', package: name },
  };
}

export const tools: Record<ToolName, Tool> = {
  etcd: {
    name: 'etcd',
    version: '3.6',
    versionArguments: ['--version'],
    source: {
      kind: 'go',
      module: 'etcd',
      package: 'go.etcd.io/etcd/server/v3',
    },
  },
  'kube-apiserver': kubernetes('kube-apiserver'),
  'kube-controller-manager': kubernetes('kube-controller-manager'),
  'kube-scheduler': kubernetes('kube-scheduler'),
  kwok: {
    name: 'kwok',
    version: '0.8',
    versionArguments: ['--version'],
    source: {
      kind: 'go',
      module: 'kwok',
      package: 'sigs.k8s.io/kwok/cmd/kwok',
      files: [
        ['sigs.k8s.io/kwok', 'kustomize/stage/node/fast', 'stages/node'],
        ['sigs.k8s.io/kwok', 'kustomize/stage/pod/fast', 'stages/pod'],
      ],
    },
  },
  vault: {
    name: 'vault',
    version: '1.21',
    versionArguments: ['version'],
    source: {
      kind: 'go',
      module: 'vault',
      package: 'github.com/hashicorp/vault',
    },
  },
  argocd: {
    name: 'argocd',
    version: '3.2',
    versionArguments: ['version', '--client', '--short'],
    source: {
      kind: 'go',
      module: 'argocd',
      package: 'github.com/argoproj/argo-cd/v3/cmd',
      linkerFlags: ['-X github.com/argoproj/argo-cd/v3/common.version=3.2.11'],
      files: [
        ['github.com/argoproj/argo-cd/v3', 'manifests/crds', 'crds'],
        ['github.com/argoproj/argo-cd/v3', 'manifests/base/config', 'config'],
      ],
    },
  },
  // Argo CD renders kustomizations by it.
  kustomize: {
    name: 'kustomize',
    version: '5.7',
    versionArguments: ['version'],
    source: {
      kind: 'go',
      module: 'kustomize',
      package: 'sigs.k8s.io/kustomize/kustomize/v5',
      linkerFlags: ['-X sigs.k8s.io/kustomize/api/provenance.version=v5.7.1'],
    },
  },
  // Any Redis that Debian has will do; Argo CD only caches in it.
  'redis-server': debian('redis-server', ''),
  prometheus: debian('prometheus', ''),
};
