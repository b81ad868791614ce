import { refusal, ScriptedServer } from '../http/__testUtils__/ScriptedServer';
import {
  aCluster,
  anApiServer,
  namespace,
  refusing,
  stored,
} from './__testUtils__/anApiServer';
import { FieldConflictError, KubernetesOverHttp } from '.';

const ref = { apiVersion: 'v1', kind: 'Namespace', name: 'payments' };
const exists = refusing(
  409,
  'AlreadyExists',
  'namespaces "payments" already exists',
);
const absent = refusing(404, 'NotFound', 'namespaces "payments" not found', {
  name: 'payments',
  kind: 'namespaces',
});
const conflictWith = (...managers: string[]) =>
  refusing(409, 'Conflict', `Apply failed with ${managers.length} conflicts`, {
    causes: managers.map(manager => ({
      reason: 'FieldManagerConflict',
      message: `conflict with "${manager}" using v1 at 2026-11-21T12:00:00Z`,
      field: '.metadata.annotations.meshway.dev/owner',
    })),
  });

describe('KubernetesOverHttp', () => {
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
  const lines = () => server.seen.map(({ line }) => line);

  describe('read', () => {
    it('gives the object, without who manages which field', async () => {
      server.will({
        status: 200,
        body: stored('uid-1', { managedFields: [{}] }),
      });
      expect(await cluster.read(ref)).toEqual(stored());
      expect(server.seen[0].headers.authorization).toBe('Bearer s3cret');
    });

    it('gives nothing where nothing is', async () => {
      server.will(absent);
      expect(await cluster.read(ref)).toBeUndefined();
    });

    it('says that a kind is not installed', async () => {
      expect(
        await refusal(
          cluster.read({
            apiVersion: 'argoproj.io/v1alpha1',
            kind: 'Application',
            namespace: 'argocd',
            name: 'a',
          }),
        ),
      ).toBe(
        'UnknownKindError: Cluster eu-1 does not know Application (argoproj.io/v1alpha1). Install its CRD in the cluster.',
      );
    });

    it('notices that a kind has been uninstalled meanwhile', async () => {
      server.will({ status: 404, text: '404 page not found\n' });
      expect(await refusal(cluster.read(ref))).toBe(
        'UnknownKindError: Cluster eu-1 does not know Namespace (v1). Install its CRD in the cluster.',
      );
    });

    it.each([
      ['a path', { name: '../../api/v1/secrets' }],
      ['a way up', { name: '..' }],
      ['an encoded slash', { name: 'a%2fb' }],
      ['a query', { name: 'a?b=c' }],
      ['nothing', { name: '' }],
      ['a line break', { name: 'a\nb' }],
      ['too long', { name: 'a'.repeat(254) }],
      ['in a path', { kind: 'ServiceAccount', namespace: '../x', name: 'a' }],
      ['in a capital', { kind: 'ServiceAccount', namespace: 'X', name: 'a' }],
      ['in no namespace', { kind: 'ServiceAccount', name: 'a' }],
      ['in a namespace', { namespace: 'b', name: 'a' }],
      ['of a version that is a path', { apiVersion: 'v1/../../x', name: 'a' }],
      ['of a group that is a path', { apiVersion: '../v1', name: 'a' }],
    ])('refuses a name that is %s, before it asks', async (_, change) => {
      expect(await refusal(cluster.read({ ...ref, ...change }))).toMatch(
        /^InputError: .*(is not the name of|needs a namespace|lives in no namespace|is not an apiVersion)/,
      );
      expect(lines()).toEqual([]);
    });
  });

  describe('list', () => {
    const of = { apiVersion: 'v1', kind: 'Namespace' };
    const page = (names: string[], next?: string) => ({
      status: 200,
      body: {
        kind: 'NamespaceList',
        metadata: { continue: next },
        items: names.map(name => ({
          metadata: { name, uid: name, resourceVersion: '1' },
        })),
      },
    });

    it('reads page by page, and gives each object its kind', async () => {
      server.will(page(['a'], 'n1'), page(['b']));
      expect(await cluster.list(of, { labelSelector: 'x=y' })).toEqual(
        ['a', 'b'].map(name => ({
          ...of,
          metadata: { name, uid: name, resourceVersion: '1' },
        })),
      );
      expect(lines()).toEqual([
        'GET /api/v1/namespaces?limit=500&labelSelector=x%3Dy',
        'GET /api/v1/namespaces?limit=500&labelSelector=x%3Dy&continue=n1',
      ]);
    });

    it('starts over when the server has forgotten where it stood', async () => {
      server.will(
        page(['a'], 'n1'),
        refusing(410, 'Expired', 'continue token too old'),
        page(['b']),
      );
      expect(
        (await cluster.list(of, {})).map(({ metadata }) => metadata.name),
      ).toEqual(['b']);
    });

    it('gives up when that happens again and again', async () => {
      server.otherwise(() => refusing(410, 'Expired', 'too old'));
      expect(await refusal(cluster.list(of, {}))).toBe(
        'ClusterBusyError: Listing Namespace of cluster eu-1. The list changed faster than it could be read, 4 times in a row. Repeat it later.',
      );
    });
  });

  describe('claim', () => {
    it('creates', async () => {
      server.will({ status: 201, body: stored() });
      expect(await cluster.claim(namespace)).toEqual({
        outcome: 'created',
        object: stored(),
      });
      expect(lines()).toEqual([
        'POST /api/v1/namespaces?fieldManager=meshway&fieldValidation=Strict',
      ]);
    });

    it('gives what is there instead, whoever made it', async () => {
      const foreign = stored('uid-9', { annotations: {} });
      server.will(exists, { status: 200, body: foreign });
      expect(await cluster.claim(namespace)).toEqual({
        outcome: 'exists',
        object: foreign,
      });
    });

    it('knows its own object again when the answer was lost', async () => {
      server.will('reset', exists, { status: 200, body: stored() });
      expect(await cluster.claim(namespace)).toEqual({
        outcome: 'created',
        object: stored(),
      });
    });

    it("does not take another's object for its own when the answer was lost", async () => {
      const foreign = stored('uid-9', {
        annotations: { 'meshway.dev/owner': 'group:default/risk' },
      });
      server.will('reset', exists, { status: 200, body: foreign });
      expect(await cluster.claim(namespace)).toEqual({
        outcome: 'exists',
        object: foreign,
      });
    });

    it('tries again when what was there has gone meanwhile', async () => {
      server.will(exists, absent, { status: 201, body: stored() });
      expect((await cluster.claim(namespace)).outcome).toBe('created');
    });

    it('refuses more than a cluster stores, before it asks', async () => {
      const huge = {
        ...namespace,
        spec: { text: 'x'.repeat(1_500_000) },
      };
      expect(await refusal(cluster.claim(huge))).toMatch(
        /^ObjectTooLargeError: Claiming Namespace payments in cluster eu-1\. The object has 15\d{5} bytes, and a cluster stores at most 1400000\. Make it smaller\.$/,
      );
      expect(lines()).toEqual([]);
    });
  });

  describe('create', () => {
    it('applies with the version that no object has', async () => {
      server.will({ status: 201, body: stored() });
      expect((await cluster.create(namespace)).outcome).toBe('created');
      expect(
        server.seen.map(({ line, headers, body }) => ({
          line,
          type: headers['content-type'],
          metadata: JSON.parse(body).metadata,
        })),
      ).toEqual([
        {
          line: 'PATCH /api/v1/namespaces/payments?fieldManager=meshway&force=false&fieldValidation=Strict',
          type: 'application/apply-patch+yaml',
          metadata: { ...namespace.metadata, resourceVersion: '1' },
        },
      ]);
    });

    it('gives what is there instead', async () => {
      server.will(conflictWith('kubectl'), { status: 200, body: stored() });
      expect((await cluster.create(namespace)).outcome).toBe('exists');
    });
  });

  describe('apply', () => {
    it('writes onto exactly the object that is meant', async () => {
      server.will({ status: 200, body: stored() });
      expect(
        await cluster.apply(namespace, { uid: 'uid-1', dryRun: true }),
      ).toEqual(stored());
      expect(lines()).toEqual([
        'PATCH /api/v1/namespaces/payments?fieldManager=meshway&force=false&fieldValidation=Strict&dryRun=All',
      ]);
      expect(JSON.parse(server.seen[0].body).metadata.uid).toBe('uid-1');
    });

    it('names who has written a field, and which', async () => {
      server.will(conflictWith('kubectl-edit', 'meshway'));
      const error = await cluster
        .apply(namespace, { uid: 'uid-1' })
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(FieldConflictError);
      expect(error).toMatchObject({
        message:
          'Applying Namespace payments in cluster eu-1. Others have written fields that Meshway writes: metadata.annotations.meshway.dev/owner by kubectl-edit, metadata.annotations.meshway.dev/owner by meshway. Undo their change, or let them give the fields up; nothing was overwritten.',
        conflicts: [
          {
            manager: 'kubectl-edit',
            field: 'metadata.annotations.meshway.dev/owner',
          },
          {
            manager: 'meshway',
            field: 'metadata.annotations.meshway.dev/owner',
          },
        ],
      });
      expect(lines()).toHaveLength(1);
    });

    it('takes fields over from its own claim, on a state in which nobody else stands in the way', async () => {
      server.will(
        conflictWith('meshway'),
        { status: 200, body: stored() },
        conflictWith('meshway'),
        { status: 200, body: stored() },
      );
      await cluster.apply(namespace, { uid: 'uid-1' });
      expect(
        server.seen
          .filter(({ body }) => body)
          .map(({ line, body }) => [
            /force=\w+/.exec(line)?.[0],
            JSON.parse(body).metadata.resourceVersion,
          ]),
      ).toEqual([
        ['force=false', undefined],
        ['force=false', '7'],
        ['force=true', '7'],
      ]);
    });

    it.each([
      [
        'is gone',
        refusing(
          409,
          'Conflict',
          'uid mismatch: … no existing object was found',
        ),
        'ObjectGoneError: Applying Namespace payments in cluster eu-1. It has changed meanwhile (uid mismatch: … no existing object was found). Repeat it.',
      ],
      [
        'is another by now',
        refusing(422, 'Invalid', 'metadata.uid: Invalid value', {
          causes: [{ field: 'metadata.uid', message: 'immutable' }],
        }),
        'ObjectGoneError: Applying Namespace payments in cluster eu-1. It is another object of that name by now. Repeat it.',
      ],
      [
        'is being deleted',
        {
          status: 200,
          body: stored('uid-1', {
            deletionTimestamp: '2026-11-21T12:00:00Z',
            finalizers: ['example.com/keep'],
          }),
        },
        'BeingDeletedError: Applying Namespace payments in cluster eu-1. It is being deleted since 2026-11-21T12:00:00Z and waits for example.com/keep. Wait until it is gone, then repeat.',
      ],
    ])('says that the object %s', async (_, answer, message) => {
      server.will(answer);
      expect(await refusal(cluster.apply(namespace, { uid: 'uid-1' }))).toBe(
        message,
      );
    });
  });

  describe('delete', () => {
    const remove = () => cluster.delete(ref, { uid: 'uid-1' });

    it('names the object that is meant', async () => {
      server.will({ status: 200, body: { kind: 'Status' } });
      expect(await remove()).toBe('deleted');
      expect(JSON.parse(server.seen[0].body)).toEqual({
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        preconditions: { uid: 'uid-1' },
        propagationPolicy: 'Background',
      });
    });

    it.each([
      ['was gone already', 'absent', [absent]],
      ['went with an answer that was lost', 'deleted', ['reset', absent]],
      [
        'is another by now',
        'replaced',
        [
          refusing(409, 'Conflict', 'uid'),
          { status: 200, body: stored('uid-2') },
        ],
      ],
      [
        'is being deleted already',
        'deleted',
        [
          refusing(409, 'Conflict', 'ensuring all content is removed'),
          {
            status: 200,
            body: stored('uid-1', {
              deletionTimestamp: '2026-11-21T12:00:00Z',
            }),
          },
        ],
      ],
    ] as const)('tells an object that %s', async (_, outcome, answers) => {
      server.will(...answers);
      expect(await remove()).toBe(outcome);
    });
  });
});
