import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { repository } from '../tools';
import type { ApiServer, Manifest } from './ApiServer';
import { manifestsIn, manifestsOf } from './definitions';
import { untilServed } from './settle';

export const argocdNamespace = 'argocd';

/** Teams of the examples; each has a project of its name, and one for what the portal applies itself. */
const teams = ['payments', 'shop', 'platform'];

/** Kinds whose controllers are not here: without a word about them their applications would never become healthy. */
const withoutController = [
  'gateway.networking.k8s.io_HTTPRoute',
  'gateway.networking.k8s.io_GRPCRoute',
];

/**
 * Applies Argo CD's own kinds and settings, and the product's ApplicationSet and AppProjects of `infra/argocd` with the
 * addresses of this platform.
 */
export async function applyArgoCdContents(
  server: ApiServer,
  files: string,
  forge: { registryUrl: string; repositoriesUrl: string },
): Promise<void> {
  const definitions = kubernetesObjects(path.join(files, 'crds'));
  await Promise.all([
    server.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: argocdNamespace },
    }),
    ...definitions.map(definition => server.apply(definition)),
  ]);
  await untilServed(server, definitions);
  const settings = kubernetesObjects(path.join(files, 'config')).map(
    withChanges,
  );
  const [project] = infra('appproject.yaml');
  const [applyProject] = infra('appproject.apply.yaml');
  const objects = [
    ...settings.map(object => ({
      ...object,
      metadata: { ...object.metadata, namespace: argocdNamespace },
    })),
    ...teams.flatMap(team => [
      projectFor(project, team, forge.repositoriesUrl),
      projectFor(applyProject, `${team}-apply`, forge.repositoriesUrl),
    ]),
    ...infra('applicationset.yaml').map(set => readingFrom(set, forge)),
  ];
  await Promise.all(objects.map(object => server.apply(object)));
}

const kubernetesObjects = (folder: string) =>
  manifestsIn(folder).filter(({ kind }) => kind !== 'Kustomization');

const infra = (name: string) =>
  manifestsOf(path.join(repository, 'infra', 'argocd', name));

/** A laptop looks more often than a company. */
function withChanges(object: Manifest): Manifest {
  if (object.metadata.name === 'argocd-secret') {
    // The API server of Argo CD would make it; it does not run here.
    const key = randomBytes(32).toString('base64');
    return { ...object, data: { 'server.secretkey': key } };
  }
  if (object.metadata.name !== 'argocd-cm') return object;
  return {
    ...object,
    data: {
      ...(object.data as Record<string, string>),
      'timeout.reconciliation': '5s',
      'timeout.reconciliation.jitter': '0s',
      ...Object.fromEntries(
        withoutController.map(kind => [
          `resource.customizations.health.${kind}`,
          'return { status = "Healthy", message = "Nobody here acts on it" }',
        ]),
      ),
    },
  };
}

function projectFor(
  project: Manifest,
  name: string,
  repositoriesUrl: string,
): Manifest {
  return {
    ...project,
    metadata: { ...project.metadata, name },
    spec: {
      ...(project.spec as object),
      sourceRepos: [`${repositoriesUrl}/*`],
    },
  };
}

type SetSpec = { generators: Array<{ git: object }> };

function readingFrom(
  set: Manifest,
  { registryUrl }: { registryUrl: string },
): Manifest {
  const spec = set.spec as SetSpec;
  return {
    ...set,
    spec: {
      ...spec,
      generators: spec.generators.map(generator => ({
        ...generator,
        git: { ...generator.git, repoURL: registryUrl, requeueAfterSeconds: 2 },
      })),
    },
  };
}
