import {
  KubernetesObject,
  Problem,
} from '@meshway/plugin-meshed-service-common';
import { Kubernetes } from '../../kubernetes';

/** A kind, by group and version. */
export type Kind = { apiVersion: string; kind: string };

/** Built into every API server: nobody has to ask. */
const builtIn =
  /^(v1|apps\/v1|rbac\.authorization\.k8s\.io\/v1|networking\.k8s\.io\/v1)$/;

const makers: ReadonlyArray<[string, string]> = [
  ['policy.linkerd.io/', 'Linkerd'],
  ['gateway.networking.k8s.io/', 'the Gateway API'],
  ['secrets.hashicorp.com/', 'the Vault Secrets Operator'],
  ['argoproj.io/', 'Argo CD'],
];

/** @returns those of the kinds that the server does not serve. */
export async function missingKinds(
  kinds: readonly Kind[],
  kubernetes: Kubernetes,
  signal?: AbortSignal,
): Promise<Kind[]> {
  const asked = kinds.filter(({ apiVersion }) => !builtIn.test(apiVersion));
  const versions = [...new Set(asked.map(({ apiVersion }) => apiVersion))];
  const served = new Map(
    await Promise.all(
      versions.map(
        async version =>
          [version, await kubernetes.kindsOf(version, { signal })] as const,
      ),
    ),
  );
  return asked.filter(
    ({ apiVersion, kind }) =>
      !served.get(apiVersion)?.some(each => each.kind === kind),
  );
}

/** @returns one problem for each kind that is asked for and not served. */
export function kindProblems(
  missing: readonly Kind[],
  wanted: readonly KubernetesObject[],
  cluster: string,
): Problem[] {
  return missing
    .filter(({ apiVersion, kind }) =>
      wanted.some(
        object => object.kind === kind && object.apiVersion === apiVersion,
      ),
    )
    .map(({ apiVersion, kind }) => {
      const maker = makers.find(([group]) => apiVersion.startsWith(group))?.[1];
      return {
        code: 'kind-missing',
        system: 'kubernetes',
        message: `Cluster ${cluster} does not serve ${kind} of ${apiVersion}.`,
        fix: `Install the CRDs of ${maker ?? 'its project'} there.`,
      };
    });
}
