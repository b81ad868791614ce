import { kinds } from '@meshway/plugin-meshed-service-common';
import type { Kubernetes, RequestOptions } from '../kubernetes';
import { AppProject, appProjectFrom } from './AppProject';
import { applicationStateFrom } from './applicationState';
import type { ApplicationState, ArgoCd, WantedApplication } from './ArgoCd';
import { permitsDestination, permitsKind, permitsSource } from './permissions';

/**
 * The port to Argo CD, by its custom resources in the cluster that it runs in.
 *
 * @public
 */
export class ArgoCdResources implements ArgoCd {
  constructor(
    private readonly kubernetes: Kubernetes,
    /** Namespace of Argo CD. */
    private readonly namespace: string,
  ) {}

  async objectionsOfProject(
    wanted: WantedApplication,
    options?: RequestOptions,
  ): Promise<string[]> {
    const object = await this.kubernetes.read(
      {
        ...kinds.AppProject,
        namespace: this.namespace,
        name: wanted.project,
      },
      options,
    );
    if (!object)
      return [
        `AppProject ${wanted.project} does not exist in namespace ${this.namespace} of cluster ${this.kubernetes.cluster}. Ask the platform team to create it, or choose another.`,
      ];
    return objections(appProjectFrom(object), wanted);
  }

  async readApplication(
    name: string,
    options?: RequestOptions,
  ): Promise<ApplicationState | undefined> {
    const object = await this.kubernetes.read(
      { ...kinds.Application, namespace: this.namespace, name },
      options,
    );
    return object && applicationStateFrom(object);
  }
}

/** Each objection names the field of the project that has to change. */
function objections(
  project: AppProject,
  { repositoryUrl, destination, kinds: written = [] }: WantedApplication,
): string[] {
  const found: string[] = [];
  const object = (what: string, field: string) =>
    found.push(
      `AppProject ${project.name} does not permit ${what}. Ask the platform team to add it to ${field}, or choose another project.`,
    );
  if (project.terminating)
    found.push(
      `AppProject ${project.name} is being deleted. Choose another project.`,
    );
  if (!permitsSource(project, repositoryUrl))
    object(`the repository ${repositoryUrl}`, 'spec.sourceRepos');
  if (permitsDestination(project, destination) === false)
    object(
      `namespace ${destination.namespace} on ${destination.server}`,
      'spec.destinations',
    );
  for (const kind of written)
    if (!permitsKind(project, kind))
      object(
        `objects of kind ${kind.kind}${kind.group ? `.${kind.group}` : ''}`,
        kind.namespaced
          ? 'spec.namespaceResourceWhitelist (or to take it from the blacklist)'
          : 'spec.clusterResourceWhitelist',
      );
  return found;
}
