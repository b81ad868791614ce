import { platformForTests } from '@meshway/test-platform';
import { KubernetesOverHttp } from '../kubernetes';
import { ArgoCdResources } from '.';

/** Nothing is cloned from it: whether a project permits an address is decided before. */
const repositoryUrl = 'https://git.acme.example/team/pay.git';
const server = 'https://kubernetes.default.svc';
const everywhere = { server: '*', namespace: '*' };

describe('ArgoCdResources beside a real Argo CD', () => {
  const platform = platformForTests(['argocd']);
  let kubernetes: KubernetesOverHttp;
  beforeAll(() => {
    kubernetes = new KubernetesOverHttp('test', {
      kind: 'kubeconfig',
      file: platform.kubernetes.kubeconfig('admin'),
    });
  });
  afterAll(() => kubernetes?.close());

  /** What Argo CD itself says of an application in a project. */
  const judged = async (name: string, spec: object): Promise<boolean> => {
    const { namespace } = platform.argocd;
    const argo = (kind: string, content: object) =>
      platform.kubernetes.server.apply({
        apiVersion: 'argoproj.io/v1alpha1',
        kind,
        metadata: { name, namespace },
        spec: content,
      });
    await argo('AppProject', spec);
    await argo('Application', {
      project: name,
      source: { repoURL: repositoryUrl, path: '.', targetRevision: 'main' },
      destination: { server, namespace: 'pay' },
    });
    const argocd = new ArgoCdResources(kubernetes, namespace);
    for (;;) {
      const state = await argocd.readApplication(name);
      const messages = state?.messages ?? [];
      if (messages.some(each => each.startsWith('InvalidSpecError')))
        return false;
      // It got as far as looking for the repository.
      if (messages.some(each => each.startsWith('ComparisonError')))
        return true;
      await new Promise(resolve => setTimeout(resolve, 200));
    }
  };

  it.each<[string, object]>([
    ['everything', { sourceRepos: ['*'], destinations: [everywhere] }],
    ['no source', { sourceRepos: [], destinations: [everywhere] }],
    [
      'a source without .git and in capitals',
      {
        sourceRepos: ['https://git.acme.example/Team/Pay'],
        destinations: [everywhere],
      },
    ],
    [
      'one folder less',
      {
        sourceRepos: ['https://git.acme.example/*'],
        destinations: [everywhere],
      },
    ],
    [
      'all below',
      {
        sourceRepos: ['https://git.acme.example/**'],
        destinations: [everywhere],
      },
    ],
    [
      'everything but the source',
      {
        sourceRepos: ['*', '!https://git.acme.example/team/*'],
        destinations: [everywhere],
      },
    ],
    ['no destination', { sourceRepos: ['*'], destinations: [] }],
    [
      'the cluster by its name',
      {
        sourceRepos: ['*'],
        destinations: [{ name: 'in-cluster', namespace: 'p*' }],
      },
    ],
    [
      'another namespace',
      { sourceRepos: ['*'], destinations: [{ server, namespace: 'risk' }] },
    ],
    [
      'everything but the namespace',
      {
        sourceRepos: ['*'],
        destinations: [everywhere, { server, namespace: '!pay' }],
      },
    ],
  ])('judges a project that permits %s as Argo CD does', async (_, spec) => {
    const name = platform.newNamespaceName('project');
    const permitted = await judged(name, spec);
    const argocd = new ArgoCdResources(kubernetes, platform.argocd.namespace);
    const objections = await argocd.objectionsOfProject({
      project: name,
      repositoryUrl,
      destination: { server, namespace: 'pay' },
    });
    expect({ permitted: objections.length === 0 }).toEqual({ permitted });
  });

  it('knows no application that is not there', async () => {
    const argocd = new ArgoCdResources(kubernetes, platform.argocd.namespace);
    expect(await argocd.readApplication('nobody')).toBeUndefined();
  });
});
