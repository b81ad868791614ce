import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** What there is in an empty cluster, as far as it is asked. */
export const emptyCluster = (path: string) =>
  path === '/api/v1'
    ? {
        status: 200,
        body: {
          kind: 'APIResourceList',
          groupVersion: 'v1',
          resources: [
            {
              name: 'namespaces',
              kind: 'Namespace',
              namespaced: false,
              verbs: ['get', 'create', 'delete', 'list', 'patch'],
            },
          ],
        },
      }
    : {
        status: 404,
        body: { kind: 'Status', code: 404, reason: 'NotFound' },
      };

export type Answer = { status: number; body: object };

/** What the portal asks for its own sake while it watches a cluster. */
const watching =
  /^GET \/(readyz|apis?(\/[^/?]+){0,2})(\?|$)|[?&](watch=1|limit=\d+)/;

/** An API server as far as its answers. Tells what it was asked, but for what whoever watches it asks all the time. */
export async function anApiServer(
  answerTo: ((path: string) => Answer) | undefined,
): Promise<{ url: string; asked: string[]; server: Server }> {
  const asked: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const question = `${incoming.method} ${incoming.url}`;
    if (!watching.test(question)) asked.push(question);
    const answer = answerTo?.(incoming.url ?? '');
    if (!answer) return;
    outgoing.writeHead(answer.status, { 'Content-Type': 'application/json' });
    outgoing.end(JSON.stringify(answer.body));
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, server };
}

/** What the portal shows to clusters, and to nobody else. */
export const TOKEN = 'a-very-secret-token';
/** The section of the configuration. */
export const clusterAt = (url: string) => ({
  clusters: [{ name: 'local', url, serviceAccountToken: TOKEN }],
});
