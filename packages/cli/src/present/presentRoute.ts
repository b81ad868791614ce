import type {
  GrpcMatch,
  HostMatch,
  HttpMatch,
  RoutePolicy,
  RouteRule,
  ValueMatch,
} from '@meshway/plugin-meshed-service-common';

/** What a rule takes and what it does with it, for people: `GET /api…, POST /x of shop.example, with header x-a`. */
export function presentRule(
  { matches, filters = [] }: RouteRule,
  { kind, hosts }: Pick<RoutePolicy, 'kind' | 'hosts'>,
): string {
  const of =
    hosts.length > 0 ? ` of ${hosts.map(presentHost).join(' or ')}` : '';
  const what =
    matches.length === 0
      ? 'everything'
      : matches
          .map(match =>
            kind === 'GRPCRoute'
              ? presentGrpc(match as GrpcMatch)
              : presentHttp(match as HttpMatch),
          )
          .join(', ');
  const done = filters.map(filter =>
    'redirect' in filter
      ? ' (the proxy redirects it by itself)'
      : ' (headers are changed)',
  );
  return `${what}${of}${done.join('')}`;
}

function presentHttp({
  method,
  path,
  headers = [],
  queryParams = [],
}: HttpMatch): string {
  return [
    ...(method ? [method.registered] : []),
    path ? presentPath(path) : 'every path',
    ...presentValues('header', headers),
    ...presentValues('query', queryParams),
  ].join(' ');
}

function presentPath(path: NonNullable<HttpMatch['path']>): string {
  if ('exact' in path) return path.exact;
  if ('regex' in path) return `paths like ${path.regex}`;
  return path.prefix === '/' ? 'every path' : `${path.prefix} and below`;
}

function presentGrpc({ rpc = {}, headers = [] }: GrpcMatch): string {
  const called =
    rpc.service || rpc.method
      ? `${rpc.service ?? 'any service'}/${rpc.method ?? 'any method'}`
      : 'every call';
  return [called, ...presentValues('header', headers)].join(' ');
}

function presentValues(what: string, matches: readonly ValueMatch[]): string[] {
  return matches.map(match =>
    'exact' in match
      ? `with ${what} ${match.name}: ${match.exact}`
      : `with ${what} ${match.name} like ${match.regex}`,
  );
}

function presentHost(host: HostMatch): string {
  return 'exact' in host
    ? host.exact
    : `*.${[...host.suffix.reverseLabels].reverse().join('.')}`;
}
