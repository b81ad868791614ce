import type { PartName } from './parts';

/** A platform as others see it: what the host answers, and `status` prints. */
export type PlatformState = {
  /** The process that holds everything. */
  pid: number;
  startedAt: string;
  folder: string;
  parts: Partial<Record<PartName, PartState>>;
  processes: Array<{
    name: string;
    pid: number;
    log: string;
    ended?: string;
    memoryMiB?: number;
  }>;
  kubernetes?: KubernetesState;
  vault?: VaultState;
  argocd?: ArgoCdState;
  prometheus?: PrometheusState;
  /** What lies in the cluster, and what of it is imitated. */
  contents: Record<string, string>;
};

export type PartState =
  | { state: 'starting' }
  | { state: 'ready'; bootedInMs: number }
  | { state: 'failed'; because: string };

/** The administrator, and the two accounts of the portal with the rights of `infra/rbac`. */
export type KubernetesUser = 'admin' | 'writer' | 'reader';

export type KubernetesState = {
  url: string;
  caFile: string;
  /** Address of the database, which lets in whoever asks. */
  etcd: string;
  /** Token of a `system:masters`. */
  adminToken: string;
  /** Paths of kubeconfigs. */
  kubeconfigs: Record<KubernetesUser, string>;
};

export type VaultState = {
  address: string;
  rootToken: string;
  /** Opens it when it is sealed, as it is after a restart. */
  unsealKey: string;
  /** Of somebody with exactly the policy of `infra/vault/portal.hcl`. */
  portalToken: string;
  /** Of the Kubernetes auth mount `kubernetes`: templated policies name it. */
  accessor: string;
};

export type ArgoCdState = {
  namespace: string;
  /** Folder of bare git repositories, `<name>.git` each; Argo CD may clone every one, by `file://<folder>/<name>.git`. */
  repositories: string;
  /** Address of the registry repository that the ApplicationSet reads. */
  registryUrl: string;
};

export type PrometheusState = {
  url: string;
  /** Folder of target files (`[{"targets": ["127.0.0.1:1234"], "labels": {…}}]`), read every second. */
  targets: string;
};
