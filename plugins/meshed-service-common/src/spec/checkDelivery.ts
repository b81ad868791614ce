import { STAMP_PATH } from '../model';
import type { MeshedServiceSpec } from './MeshedServiceSpec';
import { reservedFor } from './reservedNames';
import { quote, SpecProblem } from './SpecProblem';

/** Files and folders of a service's repository that are not Kubernetes manifests. */
const takenPaths = [
  'catalog-info.yaml',
  'dockerfile',
  'docs',
  STAMP_PATH,
  'mkdocs.yml',
  'readme.md',
];

/** Where the service may be delivered from, and by which project. */
export function delivery(spec: MeshedServiceSpec): SpecProblem[] {
  const { project, repository, path } = spec.delivery;
  const problems: SpecProblem[] = [];
  if (project === 'default')
    problems.push({
      path: 'delivery.project',
      message:
        'must not be "default", which may deploy anything anywhere; name the project of your team',
    });
  const repositoryName = repository.slice(repository.lastIndexOf('/') + 1);
  if (reservedFor(repositoryName.toLowerCase()) === 'the portal')
    problems.push({
      path: 'delivery.repository',
      message: `${quote(
        repository,
      )} is reserved for the portal; choose another repository`,
    });
  const [folder] = path.toLowerCase().split('/');
  if (takenPaths.includes(folder))
    problems.push({
      path: 'delivery.path',
      message: `${quote(
        path,
      )} has a place of its own in the repository; choose another folder, such as manifests`,
    });
  return problems;
}
