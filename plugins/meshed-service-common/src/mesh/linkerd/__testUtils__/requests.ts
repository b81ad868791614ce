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
  ms?: number;
  status?: number;
  method?: string;
  headers?: Record<string, string>;
  trailers?: Record<string, string>;
  error?: string;
  connected?: boolean;
  sent?: string;
  received?: string;
  firstLine?: string;
  endedBy?: string;
  endedAfterMs?: number;
};

type Asked = {
  target?: Pod;
  port: number;
  call: InboundCall;
  question: string;
};

/** @returns which pod was asked for what; no target where the address is none of these pods'. */
export function questionOf(
  asked: Request,
  objects: readonly KubernetesObject[],
  pods: readonly Pod[],
): Asked {
  const { client, request } = asked;
  const to = request.args[request.args.length - 1];
  const url = new URL(request.kind === 'http' ? to : `tcp://${to}`);
  return {
    ...targetOf(url, client.namespace, objects, pods),
    call: callOf(asked, url),
    question: `${client.pod ?? 'the node'} ${request.kind} ${to}`,
  };
}

function callOf({ request, results }: Request, url: URL): InboundCall {
  if (request.kind !== 'http')
    return { kind: request.kind === 'tls' ? 'tls' : 'bytes' };
  const headers = new Map(
    request.args
      .filter((_, at) => request.args[at - 1] === '-H')
      .map(each => /^([^:]*): ?(.*)$/.exec(each) ?? ['', each, ''])
      .map(([, name, value]) => [name.toLowerCase(), value]),
  );
  return {
    ...{ kind: 'http', version: request.args.includes('-h2') ? 2 : 1 },
    method: results[0]?.method ?? 'GET',
    path: `${url.pathname}${url.search}`,
    host: headers.get('host') ?? url.hostname,
    headers,
  };
}

/** A name is that of a Service: any pod that it selects will do, on the port that it stands for. */
function targetOf(
  url: URL,
  from: string | undefined,
  objects: readonly KubernetesObject[],
  pods: readonly Pod[],
): { target?: Pod; port: number } {
  const port = Number(url.port || 80);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const [name, namespace = from] = host.split('.');
  const service = objects.find(
    ({ kind, metadata }) =>
      kind === 'Service' &&
      metadata.name === name &&
      metadata.namespace === namespace,
  );
  if (!service)
    return {
      target: pods.find(({ addresses }) => addresses.includes(host)),
      port,
    };
  const { selector = {}, ports = [] } = service.spec as {
    selector?: Record<string, string>;
    ports?: Array<{ port: number; targetPort?: number | string }>;
  };
  const target = pods.find(
    pod =>
      pod.namespace === namespace &&
      Object.entries(selector).every(
        ([key, value]) => pod.labels.get(key) === value,
      ),
  );
  const { targetPort = port } = ports.find(each => each.port === port) ?? {};
  return {
    target,
    port:
      typeof targetPort === 'number'
        ? targetPort
        : target?.ports.find(each => each.name === targetPort)?.port ?? port,
  };
}
