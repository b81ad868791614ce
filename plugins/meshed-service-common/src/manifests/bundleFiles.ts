import { kinds, MESHWAY_API_VERSION, type KubernetesObject } from '../model';
import type { MeshedServiceSpec } from '../spec';
import type { Bundle } from './Bundle';
import { toYaml } from './toYaml';

/** A file of a service's repository. @public */
export type BundleFile = { path: string; content: string };

const banner =
  '# Managed by Meshway from meshed.service.yaml: propose a change there, not here.\n';

/** First part of a file name. By kind, not by position, so that adding one object renames no other file. */
const rank: Readonly<Record<string, string>> = {
  Namespace: '00',
  ServiceAccount: '10',
  Role: '11',
  RoleBinding: '12',
  ResourceQuota: '20',
  LimitRange: '21',
  NetworkPolicy: '30',
  Server: '40',
  MeshTLSAuthentication: '50',
  NetworkAuthentication: '51',
  AuthorizationPolicy: '52',
  HTTPRoute: '60',
  GRPCRoute: '61',
  HTTPLocalRateLimitPolicy: '70',
  EgressNetwork: '71',
  VaultAuth: '80',
  VaultStaticSecret: '81',
  WorkloadPatch: '82',
  VaultRole: '90',
  VaultPolicy: '91',
  Application: '95',
  ArgoRegistration: '96',
};

/** Folder of the payloads that no cluster gets: what Vault and Argo CD shall be told. */
const payloadFolder = 'platform';

/**
 * @returns the folder of the managed kustomize component in the service's repository, or undefined when there is none:
 * in `apply` the backend writes the objects, and only a patch on the team's workload has to lie in the repository.
 * @public
 */
export function meshComponentFolder(
  spec: MeshedServiceSpec,
): string | undefined {
  return spec.delivery.mode === 'gitops' || spec.secrets.delivery === 'agent'
    ? `${spec.delivery.path}/mesh`
    : undefined;
}

/** @returns the files of the service's repository that hold the bundle, in order; all of them managed. @public */
export function bundleFiles(
  spec: MeshedServiceSpec,
  bundle: Bundle,
): BundleFile[] {
  const folder = meshComponentFolder(spec);
  if (folder === undefined) return [];
  const gitops = spec.delivery.mode === 'gitops';
  const resources: BundleFile[] = [];
  const patches: BundleFile[] = [];
  const payloads: BundleFile[] = [];
  for (const object of bundle.objects) {
    if (object.kind === kinds.WorkloadPatch.kind)
      patches.push(file(folder, object, patchOf(object)));
    else if (!gitops) continue;
    else if (object.apiVersion === MESHWAY_API_VERSION)
      payloads.push(file(payloadFolder, object, object));
    else resources.push(file(folder, object, object));
  }
  return [
    ...resources,
    ...patches,
    kustomization(folder, resources, patches),
    ...payloads,
  ];
}

function file(
  folder: string,
  object: KubernetesObject,
  content: object,
): BundleFile {
  const { kind, metadata } = object;
  return {
    path: `${folder}/${rank[kind]}-${kind.toLowerCase()}-${metadata.name}.yaml`,
    content: banner + toYaml(content),
  };
}

/** A strategic-merge patch as kustomize reads it: the target is named by the patch itself. */
function patchOf(object: KubernetesObject): object {
  const { target, patch } = object.spec as {
    target: { apiVersion: string; kind: string; name: string };
    patch: object;
  };
  return {
    apiVersion: target.apiVersion,
    kind: target.kind,
    metadata: { name: target.name },
    ...patch,
  };
}

function kustomization(
  folder: string,
  resources: readonly BundleFile[],
  patches: readonly BundleFile[],
): BundleFile {
  const nameOf = ({ path }: BundleFile) => path.slice(folder.length + 1);
  return {
    path: `${folder}/kustomization.yaml`,
    content:
      banner +
      toYaml({
        ...kinds.KustomizeComponent,
        ...(resources.length > 0 ? { resources: resources.map(nameOf) } : {}),
        ...(patches.length > 0
          ? { patches: patches.map(patch => ({ path: nameOf(patch) })) }
          : {}),
      }),
  };
}
