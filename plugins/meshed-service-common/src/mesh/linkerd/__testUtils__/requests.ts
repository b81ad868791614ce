import type { KubernetesObject } from '../../../model';
import type { InboundCall, Pod } from '../index';

/** A client, what it asked, and what it got. */
export type Request = {
  step?: string;
  atSeconds?: number;
  client: {
    pod: string | null;
    namespace?: string;
    address: string;
    meshed: boolean;
    identity?: string | null;
  };
  request: { kind: 'http' | 'tcp' | 'tls' | 'hold'; args: string[] };
  results: Result[];
};

/** What a client got for one of its attempts. */
export type Result = {
  status?: number;
  method?: string;
  headers?: Record<string, string>;
  trailers?: Record<string, string>;
  error?: string;
  connected?: boolean;
  received?: string;
  firstLine?: string;
  endedBy?: string;
};

/** @returns which pod was asked for what; no target where the address is none of these pods'. */
export function questionOf(
  { client, request, results }: Request,
  objects: readonly KubernetesObject[],
  pods: readonly Pod[],
): { target?: Pod; port: number; call: InboundCall; question: string } {
  const to = request.args[request.args.length - 1];
  const url = new URL(request.kind === 'http' ? to : `tcp://${to}`);
  const port = Number(url.port);
  const headers = new Map(
    request.args
      .filter((_, at) => request.args[at - 1] === '-H')
      .map(each => each.split(/: ?/, 2) as [string, string])
      .map(([name, value]) => [name.toLowerCase(), value]),
  );
  const [{ method = 'GET' }] = results;
  return {
    target: targetOf(url.hostname, objects, pods),
    port,
    call:
      request.kind === 'http'
        ? {
            ...{ kind: 'http', method, path: `${url.pathname}${url.search}` },
            host: headers.get('host') ?? url.hostname,
            headers,
          }
        : { kind: 'bytes' },
    question: `${client.pod ?? 'the node'} ${request.kind} ${to}`,
  };
}

/** A name is that of a Service: any pod that it selects will do. */
function targetOf(
  host: string,
  objects: readonly KubernetesObject[],
  pods: readonly Pod[],
): Pod | undefined {
  const [name, namespace] = host.split('.');
  const service = objects.find(
    ({ kind, metadata }) =>
      kind === 'Service' &&
      metadata.name === name &&
      metadata.namespace === namespace,
  );
  if (!service) return pods.find(({ addresses }) => addresses.includes(host));
  const { selector = {} } = service.spec as {
    selector?: Record<string, string>;
  };
  return pods.find(
    pod =>
      pod.namespace === namespace &&
      Object.entries(selector).every(
        ([key, value]) => pod.labels.get(key) === value,
      ),
  );
}
