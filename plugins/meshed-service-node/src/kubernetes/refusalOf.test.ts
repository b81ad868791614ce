import {
  refusal,
  ScriptedAnswer,
  ScriptedServer,
} from '../http/__testUtils__/ScriptedServer';
import {
  aCluster,
  anApiServer,
  namespace,
  refusing,
  stored,
} from './__testUtils__/anApiServer';

describe('a refusal of the API server', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await anApiServer();
  });
  afterEach(() => server.close());

  const attempted = 'Trying to create Namespace payments in cluster eu-1.';
  const forbidden = (message: string, details?: object) =>
    refusing(403, 'Forbidden', message, details);

  it.each<[string, ScriptedAnswer, string, number]>([
    [
      'credentials that have expired',
      refusing(401, 'Unauthorized', 'Unauthorized'),
      `ClusterCredentialsError: ${attempted} Cluster eu-1 does not accept the credentials: they are wrong or have expired. Renew them under meshedService.clusters.`,
      2,
    ],
    [
      'no credentials',
      forbidden(
        'namespaces is forbidden: User "system:anonymous" cannot create resource "namespaces" in API group "" at the cluster scope',
      ),
      `ClusterCredentialsError: ${attempted} Cluster eu-1 was asked without credentials. Give a token or a kubeconfig under meshedService.clusters.`,
      1,
    ],
    [
      'a permission that is missing in the cluster',
      forbidden(
        'namespaces is forbidden: User "system:serviceaccount:portal:writer" cannot create resource "namespaces" in API group "" at the cluster scope',
      ),
      `PermissionMissingError: ${attempted} system:serviceaccount:portal:writer may not create namespaces of cluster eu-1. The roles in infra/rbac grant \`create namespaces\`; apply and bind them.`,
      2,
    ],
    [
      'a permission that is missing in a namespace',
      forbidden(
        'servers.policy.linkerd.io "a" is forbidden: User "ci" cannot patch resource "servers" in API group "policy.linkerd.io" in the namespace "payments"',
      ),
      `PermissionMissingError: ${attempted} ci may not patch servers.policy.linkerd.io in namespace payments of cluster eu-1. The roles in infra/rbac grant \`patch servers.policy.linkerd.io\`; apply and bind them.`,
      2,
    ],
    [
      'an attempt to grant more than one has',
      forbidden(
        'roles.rbac.authorization.k8s.io "x" is forbidden: user "ci" is attempting to grant RBAC permissions not currently held',
      ),
      `PermissionMissingError: ${attempted} Forbidden in cluster eu-1: roles.rbac.authorization.k8s.io "x" is forbidden: user "ci" is attempting to grant RBAC permissions not currently held. The roles in infra/rbac hold what Meshway needs.`,
      2,
    ],
    [
      'a ValidatingAdmissionPolicy',
      refusing(
        422,
        'Invalid',
        "namespaces \"payments\" is forbidden: ValidatingAdmissionPolicy 'meshed' with binding 'all' denied request: a namespace needs an owner",
      ),
      `AdmissionDeniedError: ${attempted} Denied in cluster eu-1 by ValidatingAdmissionPolicy meshed: a namespace needs an owner. Change what was asked for, or ask the platform team.`,
      1,
    ],
    [
      'a webhook',
      refusing(
        400,
        'BadRequest',
        'admission webhook "linkerd-policy-validator.linkerd.io" denied the request: identical server spec already exists',
      ),
      `AdmissionDeniedError: ${attempted} Denied in cluster eu-1 by the webhook linkerd-policy-validator.linkerd.io: identical server spec already exists. Change what was asked for, or ask the platform team.`,
      1,
    ],
    [
      'a quota',
      forbidden(
        'serviceaccounts "a" is forbidden: exceeded quota: counts, requested: count/serviceaccounts=1, used: 5, limited: 5',
      ),
      `AdmissionDeniedError: ${attempted} Denied in cluster eu-1 by ResourceQuota counts: serviceaccounts "a" is forbidden: exceeded quota: counts, requested: count/serviceaccounts=1, used: 5, limited: 5. Change what was asked for, or ask the platform team.`,
      1,
    ],
    [
      'a namespace that is being deleted',
      forbidden(
        'serviceaccounts "a" is forbidden: unable to create new content in namespace payments because it is being terminated',
        {
          causes: [
            { reason: 'NamespaceTerminating', field: 'metadata.namespace' },
          ],
        },
      ),
      `BeingDeletedError: ${attempted} The namespace is being deleted. Wait until it is gone; \`kubectl get namespace -o yaml\` names what holds it.`,
      1,
    ],
    [
      'a namespace that does not exist',
      refusing(404, 'NotFound', 'namespaces "payments" not found', {
        name: 'payments',
        kind: 'namespaces',
      }),
      `NamespaceAbsentError: ${attempted} Namespace payments does not exist. Create it first.`,
      1,
    ],
    [
      'a malformed object',
      refusing(
        422,
        'Invalid',
        'Namespace "payments" is invalid: metadata.labels: Invalid value',
      ),
      `InvalidObjectError: ${attempted} Cluster eu-1 finds it malformed: Namespace "payments" is invalid: metadata.labels: Invalid value. Change what was asked for; if it was not, the version of the cluster or of its CRDs is one that Meshway does not know.`,
      1,
    ],
    [
      'a field that the server does not know, which it calls an error of its own',
      refusing(
        500,
        '',
        'failed to create typed patch object (/payments; /v1, Kind=Namespace): .spec.bogus: field not declared in schema',
      ),
      `InvalidObjectError: ${attempted} Cluster eu-1 finds it malformed: failed to create typed patch object (/payments; /v1, Kind=Namespace): .spec.bogus: field not declared in schema. Change what was asked for; if it was not, the version of the cluster or of its CRDs is one that Meshway does not know.`,
      1,
    ],
    [
      'an object of that name',
      refusing(409, 'AlreadyExists', 'namespaces "payments" already exists'),
      `AlreadyExistsError: ${attempted} An object of that name exists.`,
      1,
    ],
    [
      'too much to do',
      refusing(429, 'TooManyRequests', 'too many requests'),
      `ClusterBusyError: ${attempted} Cluster eu-1 could not do it just now (429 TooManyRequests). Repeat it later; what is done already is found again.`,
      3,
    ],
    [
      'so much to do that it wants to be left alone for longer than we would wait',
      {
        ...Object(refusing(429, 'TooManyRequests', 'too many requests')),
        headers: { 'retry-after': '3600' },
      },
      `ClusterBusyError: ${attempted} Cluster eu-1 could not do it just now (429 TooManyRequests). Repeat it in 3600 seconds, as it asks; what is done already is found again.`,
      1,
    ],
    [
      'a server that starts',
      { status: 503, text: 'Service Unavailable' },
      `ClusterBusyError: ${attempted} Cluster eu-1 could not do it just now (503). Repeat it later; what is done already is found again.`,
      3,
    ],
    [
      'a full database, which is not asked again',
      refusing(
        500,
        'InternalError',
        'etcdserver: mvcc: database space exceeded',
      ),
      `StorageFullError: ${attempted} The database of cluster eu-1 is full, so that nothing can be written. Its operators have to make room (compact and defragment etcd, or raise its quota); repeat it then.`,
      1,
    ],
    [
      'an object that is too large',
      refusing(413, 'RequestEntityTooLarge', 'limit is 3145728'),
      `ObjectTooLargeError: ${attempted} The object is larger than a cluster stores. Make it smaller.`,
      1,
    ],
    [
      'another server',
      { status: 302, text: 'login', headers: { location: 'https://sso' } },
      `UnexpectedAnswerError: ${attempted} What answered for cluster eu-1 (302) does not speak like a Kubernetes API server. Check its address.`,
      1,
    ],
  ])('for %s says so, and what to do', async (_, answer, message, requests) => {
    server.otherwise(() => answer);
    expect(await refusal(aCluster(server).tryCreate(namespace))).toBe(message);
    expect(server.seen).toHaveLength(requests);
  });

  it('is none while the server starts: it does not know yet who may do what', async () => {
    server.always('GET /readyz', {
      status: 500,
      text: '[-]poststarthook/rbac/bootstrap-roles failed: not finished',
    });
    server.otherwise(() => forbidden('namespaces is forbidden: User "ci" …'));
    expect(await refusal(aCluster(server).tryCreate(namespace))).toBe(
      `ClusterBusyError: ${attempted} The API server of cluster eu-1 is starting, and does not know yet who may do what. Repeat it in a moment.`,
    );
  });

  it('is none while the server does not even know who may ask whether it is ready', async () => {
    const no = forbidden('namespaces is forbidden: User "ci" cannot create');
    server
      .notAlways('GET /readyz')
      .will(no, no, no, { status: 200, text: 'ok' })
      .otherwise(() => ({ status: 201, body: namespace }));
    await aCluster(server).tryCreate(namespace);
    expect(server.seen.map(({ line }) => line.split('?')[0])).toEqual([
      'POST /api/v1/namespaces',
      'GET /readyz',
      'GET /readyz',
      'GET /readyz',
      'POST /api/v1/namespaces',
    ]);
  });

  it('shows no body and no credential', async () => {
    server.otherwise(() => ({
      status: 500,
      text: `body of ${stored().metadata.uid}`,
    }));
    const message = await refusal(aCluster(server).tryCreate(namespace));
    expect(message).not.toMatch(/s3cret|body of|group:default/);
  });
});
