import { ScriptedServer } from '../http/__testUtils__/ScriptedServer';
import {
  aCluster,
  anApiServer,
  refusing,
} from '../kubernetes/__testUtils__/anApiServer';
import { ArgoCdResources } from '.';

const wanted = {
  project: 'payments',
  repositoryUrl: 'https://git.acme.example/pay.git',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'pay' },
  kinds: [
    { group: '', kind: 'Namespace', namespaced: false },
    { group: 'policy.linkerd.io', kind: 'Server', namespaced: true },
  ],
};

describe('ArgoCdResources', () => {
  let server: ScriptedServer;
  let argocd: ArgoCdResources;
  beforeEach(async () => {
    server = await anApiServer();
    server.always('GET /apis/argoproj.io/v1alpha1', {
      status: 200,
      body: {
        resources: [
          { name: 'appprojects', kind: 'AppProject', namespaced: true },
          { name: 'applications', kind: 'Application', namespaced: true },
        ],
      },
    });
    argocd = new ArgoCdResources(aCluster(server), 'argocd');
  });
  afterEach(() => server.close());

  const stored = (kind: string, name: string, parts: object, more = {}) => ({
    status: 200,
    body: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind,
      metadata: {
        name,
        namespace: 'argocd',
        uid: 'uid-1',
        resourceVersion: '7',
        ...more,
      },
      ...parts,
    },
  });

  it('has no objection where the project permits everything', async () => {
    server.will(
      stored('AppProject', 'payments', {
        spec: {
          sourceRepos: ['https://git.acme.example/*'],
          destinations: [{ server: '*', namespace: '*' }],
          clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
        },
      }),
    );
    expect(await argocd.objectionsOfProject(wanted)).toEqual([]);
  });

  it('says every objection at once, and what has to change', async () => {
    server.will(
      stored(
        'AppProject',
        'payments',
        {
          spec: {
            namespaceResourceBlacklist: [
              { group: 'policy.linkerd.io', kind: '*' },
            ],
          },
        },
        { deletionTimestamp: '2026-11-21T12:00:00Z' },
      ),
    );
    expect(await argocd.objectionsOfProject(wanted)).toEqual([
      'AppProject payments is being deleted. Choose another project.',
      'AppProject payments does not permit the repository https://git.acme.example/pay.git. Ask the platform team to add it to spec.sourceRepos, or choose another project.',
      'AppProject payments does not permit namespace pay on https://kubernetes.default.svc. Ask the platform team to add it to spec.destinations, or choose another project.',
      'AppProject payments does not permit objects of kind Namespace. Ask the platform team to add it to spec.clusterResourceWhitelist, or choose another project.',
      'AppProject payments does not permit objects of kind Server.policy.linkerd.io. Ask the platform team to add it to spec.namespaceResourceWhitelist (or to take it from the blacklist), or choose another project.',
    ]);
  });

  it('says that there is no such project', async () => {
    server.will(refusing(404, 'NotFound', 'not found'));
    expect(await argocd.objectionsOfProject(wanted)).toEqual([
      'AppProject payments does not exist in namespace argocd of cluster eu-1. Ask the platform team to create it, or choose another.',
    ]);
  });

  it('tells how an application is', async () => {
    server.will(
      stored('Application', 'pay', {
        status: {
          sync: { status: 'OutOfSync', revision: 'compared' },
          health: { status: 'Degraded' },
          history: [{ revision: 'older' }, { revision: 'written' }],
          conditions: [
            { type: 'ComparisonError', message: 'repository\nnot accessible' },
          ],
          operationState: { phase: 'Failed', message: 'one object failed' },
        },
      }),
    );
    expect(await argocd.readApplication('pay')).toEqual({
      ref: {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        namespace: 'argocd',
        name: 'pay',
      },
      uid: 'uid-1',
      sync: 'OutOfSync',
      health: 'Degraded',
      revision: 'written',
      messages: [
        'ComparisonError: repository not accessible',
        'Synchronization Failed: one object failed',
      ],
      terminating: false,
    });
  });

  it('knows nothing of an application that nobody has looked at yet', async () => {
    server.will(stored('Application', 'pay', {}));
    expect(await argocd.readApplication('pay')).toMatchObject({
      sync: 'Unknown',
      health: 'Unknown',
      messages: [],
    });
  });
});
