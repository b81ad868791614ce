import { refusal, ScriptedServer } from '../http/__testUtils__/ScriptedServer';
import { aCluster, anApiServer, stored } from './__testUtils__/anApiServer';
import { KubernetesOverHttp } from '.';

describe('what a cluster can be asked about itself', () => {
  let server: ScriptedServer;
  let cluster: KubernetesOverHttp;
  beforeEach(async () => {
    server = await anApiServer();
    cluster = aCluster(server);
  });
  afterEach(async () => {
    server.close();
    await cluster.close();
  });

  describe('mayI', () => {
    it('answers in the order of the questions', async () => {
      server.otherwise(({ body }) => ({
        status: 201,
        body: {
          status: {
            allowed: JSON.parse(body).spec.resourceAttributes.verb === 'create',
          },
        },
      }));
      const verbs = Array.from({ length: 20 }, (_, index) =>
        index % 3 === 0 ? 'create' : 'delete',
      );
      expect(
        await cluster.mayI(
          verbs.map(verb => ({ verb, group: '', resource: 'namespaces' })),
        ),
      ).toEqual(verbs.map(verb => verb === 'create'));
    });

    it('takes no answer from a server that starts, and knows nobody yet', async () => {
      server.always('GET /readyz', { status: 500, text: 'not yet' });
      server.otherwise(() => ({
        status: 201,
        body: { status: { allowed: false } },
      }));
      expect(
        await refusal(
          cluster.mayI([{ verb: 'get', group: '', resource: 'namespaces' }]),
        ),
      ).toBe(
        'ClusterBusyError: Asking cluster eu-1 what the credentials may do. The API server of cluster eu-1 is starting, and does not know yet who may do what. Repeat it in a moment.',
      );
    });

    describe('many about one namespace', () => {
      const resources = ['pods', 'secrets', 'services', 'configmaps', 'roles'];
      const inCart = resources.map(resource => ({
        verb: 'list',
        group: '',
        resource,
        namespace: 'cart',
      }));
      const rule = (change: object = {}) => ({
        verbs: ['list'],
        apiGroups: [''],
        resources: ['pods', 'services'],
        ...change,
      });
      /** @returns the answers, and what was asked about by itself. All but secrets is allowed. */
      const asked = async (
        review: object,
        questions: Parameters<typeof cluster.mayI>[0] = inCart,
        status = 201,
      ) => {
        const one: string[] = [];
        server.otherwise(({ line, body }) => {
          if (line.includes('selfsubjectrulesreviews'))
            return { status, body: { status: review } };
          const { resource, subresource, namespace } =
            JSON.parse(body).spec.resourceAttributes;
          one.push([resource, subresource, namespace].filter(Boolean).join());
          return {
            status: 201,
            body: { status: { allowed: resource !== 'secrets' } },
          };
        });
        return { answers: await cluster.mayI(questions), one };
      };
      const butSecrets = resources.map(resource => resource !== 'secrets');
      const each = resources.map(resource => `${resource},cart`);
      // A no is asked about once more: the server may have been starting.
      const noAgain = 'secrets,cart';

      it('takes a yes from the rules that hold there, and asks about everything else', async () => {
        expect(
          await asked({ incomplete: false, resourceRules: [rule()] }),
        ).toEqual({
          answers: butSecrets,
          one: ['secrets,cart', 'configmaps,cart', 'roles,cart', noAgain],
        });
        expect(
          await asked({
            incomplete: false,
            resourceRules: [
              rule({ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }),
            ],
          }),
        ).toEqual({ answers: resources.map(() => true), one: [] });
      });

      it.each<[string, object, number?]>([
        ['is incomplete', { incomplete: true, resourceRules: [rule()] }],
        ['does not say that it is complete', { resourceRules: [rule()] }],
        [
          'came with an error',
          {
            incomplete: false,
            evaluationError: 'a role is gone',
            resourceRules: [rule()],
          },
        ],
        [
          'is about single objects',
          {
            incomplete: false,
            resourceRules: [rule({ resourceNames: ['cart'] })],
          },
        ],
        [
          'is about others',
          {
            incomplete: false,
            resourceRules: [
              rule({ verbs: ['get'] }),
              rule({ apiGroups: ['apps'] }),
              rule({ resources: ['pods/log', '*/pods'] }),
              'nonsense',
            ],
          },
        ],
        ['is malformed', { incomplete: false, resourceRules: 'all' }],
        ['may not be read', {}, 403],
        ['is not served', {}, 404],
      ])(
        'asks about each when the list %s',
        async (_, review, status = 201) => {
          expect(await asked(review, inCart, status)).toEqual({
            answers: butSecrets,
            one: [...each, noAgain],
          });
        },
      );

      it('takes no rule of a namespace for what lives in none, nor for parts of an object', async () => {
        expect(
          await asked(
            {
              incomplete: false,
              resourceRules: [rule({ resources: ['pods', '*/status'] })],
            },
            [
              ...['log', 'status', 'exec', ''].map(subresource => ({
                ...inCart[0],
                ...(subresource ? { subresource } : {}),
              })),
              { verb: 'list', group: '', resource: 'pods' },
            ],
          ),
        ).toEqual({
          answers: [true, true, true, true, true],
          one: ['pods,log,cart', 'pods,exec,cart', 'pods'],
        });
      });
    });
  });

  it('finds a kind that was installed a moment ago', async () => {
    const of = { apiVersion: 'example.com/v1', kind: 'Late' };
    const list = (...resources: object[]) => ({
      status: 200,
      body: { resources },
    });
    server.will(list(), list({ name: 'lates', kind: 'Late' }), {
      status: 200,
      body: { items: [] },
    });
    expect(await cluster.kindsOf(of.apiVersion)).toEqual([]);
    expect(await cluster.list(of, {})).toEqual([]);
  });

  describe('namespacedKinds', () => {
    const group = (name: string, versions: object[]) => ({
      metadata: { name },
      versions,
    });
    const resource = (name: string, kind: string, more: object = {}) => ({
      resource: name,
      responseKind: { kind },
      scope: 'Namespaced',
      verbs: ['list'],
      ...more,
    });
    const list = (...items: object[]) => ({
      status: 200,
      body: { kind: 'APIGroupDiscoveryList', items },
    });

    it('names each once, in the version that the server prefers', async () => {
      server.will(
        list(
          group('', [
            {
              version: 'v1',
              resources: [
                resource('pods', 'Pod'),
                resource('nodes', 'Node', { scope: 'Cluster' }),
                resource('bindings', 'Binding', { verbs: ['create'] }),
              ],
            },
          ]),
        ),
        list(
          group('apps', [
            {
              version: 'v1',
              resources: [resource('deployments', 'Deployment')],
            },
            {
              version: 'v1beta1',
              resources: [
                resource('deployments', 'Deployment'),
                resource('olds', 'Old'),
              ],
            },
          ]),
        ),
      );
      expect(
        (await cluster.namespacedKinds()).map(
          ({ apiVersion, resource: name }) => `${apiVersion}/${name}`,
        ),
      ).toEqual(['v1/pods', 'apps/v1/deployments', 'apps/v1beta1/olds']);
    });

    it('does not pass over an API that gives no answer', async () => {
      server.will(
        list(),
        list(group('metrics.k8s.io', [{ version: 'v1', freshness: 'Stale' }])),
      );
      expect(await refusal(cluster.namespacedKinds())).toBe(
        'DiscoveryIncompleteError: Asking cluster eu-1 for all its kinds. metrics.k8s.io/v1 did not answer, so that nobody knows what objects there are. Repair or remove the APIService (`kubectl get apiservices`).',
      );
    });

    it('asks an older server group by group', async () => {
      server.will(
        { status: 200, body: { kind: 'APIVersions', versions: ['v1'] } },
        {
          status: 200,
          body: {
            kind: 'APIGroupList',
            groups: [
              {
                name: 'policy.linkerd.io',
                preferredVersion: { groupVersion: 'policy.linkerd.io/v1beta3' },
                versions: [{ groupVersion: 'policy.linkerd.io/v1beta3' }],
              },
            ],
          },
        },
      );
      expect(
        (await cluster.namespacedKinds()).map(({ resource: name }) => name),
      ).toEqual(['serviceaccounts', 'servers']);
    });
  });

  it('says how far the clock of the server is from ours', async () => {
    server.will({
      status: 200,
      body: { gitVersion: 'v1.36.3' },
      headers: { date: 'Sat, 21 Nov 2026 12:01:30 GMT' },
    });
    expect(await cluster.version()).toEqual({
      gitVersion: 'v1.36.3',
      clockSkewSeconds: 91,
    });
  });

  it('passes on what the server warns of', async () => {
    const warnings: string[] = [];
    const warned = aCluster(server, (warning, attempted) =>
      warnings.push(`${attempted}: ${warning}`),
    );
    server.will({
      status: 200,
      body: stored(),
      headers: { warning: '299 - "unknown field \\"spec.x\\""' },
    });
    await warned.read({
      apiVersion: 'v1',
      kind: 'Namespace',
      name: 'payments',
    });
    expect(warnings).toEqual([
      'reading Namespace payments in cluster eu-1: unknown field "spec.x"',
    ]);
  });
});
