// Loaded here and not in the first test, which has a time limit of Jest's.
import '@kubernetes/client-node';
import {
  aClock,
  ScriptedAnswer,
  ScriptedServer,
} from '../../http/__testUtils__/ScriptedServer';
import { HttpSender, Secret } from '../../http';
import { KubernetesOverHttp } from '..';

const verbs = ['create', 'delete', 'get', 'list', 'patch', 'watch'];
const resources = (
  ...kinds: Array<{ name: string; kind: string; namespaced: boolean }>
): ScriptedAnswer => ({
  status: 200,
  body: {
    kind: 'APIResourceList',
    resources: kinds.map(kind => ({ ...kind, verbs })),
  },
});

/** A server that knows three kinds, and otherwise says what a test wants it to say. */
export async function anApiServer(): Promise<ScriptedServer> {
  const server = await ScriptedServer.start();
  return server
    .always(
      'GET /api/v1',
      resources(
        { name: 'namespaces', kind: 'Namespace', namespaced: false },
        { name: 'serviceaccounts', kind: 'ServiceAccount', namespaced: true },
        { name: 'pods/status', kind: 'Pod', namespaced: true },
      ),
    )
    .always(
      'GET /apis/policy.linkerd.io/v1beta3',
      resources({ name: 'servers', kind: 'Server', namespaced: true }),
    )
    .always('GET /readyz', { status: 200, text: 'ok' });
}

/** The adapter under test, which asks that server, and whose clock stands still. */
export function aCluster(
  server: ScriptedServer,
  onWarning?: (warning: string, attempted: string) => void,
): KubernetesOverHttp {
  return new KubernetesOverHttp(
    'eu-1',
    { kind: 'address', url: server.address, token: new Secret('s3cret') },
    new HttpSender(
      {
        requestMilliseconds: 60_000,
        totalMilliseconds: 60_000,
        attempts: 3,
        pauseMilliseconds: 10,
      },
      aClock(),
    ),
    { onWarning },
  );
}

export const namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: 'payments',
    labels: { 'app.kubernetes.io/managed-by': 'meshway' },
    annotations: { 'meshway.dev/owner': 'group:default/payments' },
  },
};

/** An object as the server has it. */
export const stored = (uid = 'uid-1', change: object = {}) => ({
  ...namespace,
  metadata: { ...namespace.metadata, uid, resourceVersion: '7', ...change },
});

/** A refusal of the API server. */
export const refusing = (
  status: number,
  reason: string,
  message: string,
  details?: object,
): ScriptedAnswer => ({
  status,
  body: {
    kind: 'Status',
    status: 'Failure',
    code: status,
    reason,
    message,
    details,
  },
});
