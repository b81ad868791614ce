import type { RoutePolicy } from '../inbound';
import type {
  GrpcMatch,
  HostMatch,
  HttpMatch,
  RouteRule,
  ValueMatch,
} from '../kinds';
import { toRegExp } from '../toRegExp';
import type { HttpCall } from './Caller';

/** How specific a match is; the first difference decides, and the greater wins. */
type Weight = readonly number[];

/**
 * @returns the rule of the route that a proxy takes for a request: the most specific match, the first of equals. Undefined:
 *   no route takes it.
 */
export function findRoute(
  routes: readonly RoutePolicy[],
  call: HttpCall,
): { route: RoutePolicy; rule: RouteRule } | undefined {
  let best: { route: RoutePolicy; rule: RouteRule; weight: Weight } | undefined;
  for (const route of routes) {
    const host = weightOfHosts(route.hosts, call.host);
    if (!host) continue;
    for (const rule of route.rules) {
      const match = weightOfRule(rule, call, route.kind === 'GRPCRoute');
      if (!match) continue;
      const weight = [...host, ...match];
      if (!best || outweighs(weight, best.weight))
        best = { route, rule, weight };
    }
  }
  return best;
}

function outweighs(a: Weight, b: Weight): boolean {
  const at = a.findIndex((part, index) => part !== (b[index] ?? 0));
  return at >= 0 && a[at] > (b[at] ?? 0);
}

function heaviest(
  weights: ReadonlyArray<Weight | undefined>,
): Weight | undefined {
  return weights.reduce(
    (most, each) => (each && (!most || outweighs(each, most)) ? each : most),
    undefined,
  );
}

/** A route without hosts weighs less than any that names one; an exact host more than any ending. */
function weightOfHosts(
  hosts: readonly HostMatch[],
  host: string | undefined,
): Weight | undefined {
  if (hosts.length === 0) return [0, 0];
  if (host === undefined) return undefined;
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return heaviest(hosts.map(each => weightOfHost(each, name)));
}

function weightOfHost(match: HostMatch, name: string): Weight | undefined {
  const bare = name.replace(/\.$/, '');
  if ('exact' in match) {
    const wanted = match.exact.toLowerCase();
    const same = wanted === (wanted.endsWith('.') ? name : bare);
    return same ? [2, wanted.length] : undefined;
  }
  const ending = `.${[...match.suffix.reverseLabels].reverse().join('.')}`;
  return bare.endsWith(ending.toLowerCase()) && bare.length > ending.length
    ? [1, ending.length]
    : undefined;
}

function weightOfRule(
  { matches }: RouteRule,
  call: HttpCall,
  ofGrpc: boolean,
): Weight | undefined {
  if (matches.length === 0) return ofGrpc ? [0, 0, 0] : [1, 0, 0, 0];
  return heaviest(
    matches.map(match =>
      ofGrpc || 'rpc' in match
        ? weightOfGrpc(match as GrpcMatch, call)
        : weightOfHttp(match as HttpMatch, call),
    ),
  );
}

function weightOfHttp(
  { path, headers = [], queryParams = [], method }: HttpMatch,
  call: HttpCall,
): Weight | undefined {
  if (method && method.registered !== call.method) return undefined;
  const [own, query = ''] = call.path.split('?');
  const length = path ? lengthOfPath(path, own) : 1;
  if (length === undefined || !headersMatch(headers, call)) return undefined;
  const given = [...new URLSearchParams(query)];
  const asked = queryParams.every(match =>
    given.some(([name, value]) => name === match.name && is(match, value)),
  );
  if (!asked) return undefined;
  return [length, headers.length, queryParams.length, method ? 1 : 0];
}

function lengthOfPath(
  match: NonNullable<HttpMatch['path']>,
  path: string,
): number | undefined {
  if ('exact' in match) return match.exact === path ? path.length : undefined;
  if ('regex' in match) {
    return isAllOf(match.regex, path) ? path.length : undefined;
  }
  if (match.prefix === '/') return 1;
  const prefix = match.prefix.replace(/\/+$/, '');
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === prefix || trimmed.startsWith(`${prefix}/`)
    ? prefix.length
    : undefined;
}

function weightOfGrpc(
  { rpc = {}, headers = [] }: GrpcMatch,
  call: HttpCall,
): Weight | undefined {
  if (call.method !== 'POST') return undefined;
  const [root, service, method] = call.path.split('?')[0].split('/');
  if (root !== '' || method === undefined) return undefined;
  if (rpc.service !== undefined && rpc.service !== service) return undefined;
  if (rpc.method !== undefined && rpc.method !== method) return undefined;
  return headersMatch(headers, call)
    ? [rpc.service?.length ?? 0, rpc.method?.length ?? 0, headers.length]
    : undefined;
}

function headersMatch(headers: readonly ValueMatch[], call: HttpCall): boolean {
  return headers.every(match => {
    const value = call.headers?.get(match.name);
    return value !== undefined && is(match, value);
  });
}

function is(match: ValueMatch, value: string): boolean {
  return 'exact' in match ? match.exact === value : isAllOf(match.regex, value);
}

/** Proxies look for an expression, and then whether what they found is all of it: `a|ab` finds only the first half of `ab`. */
function isAllOf(regex: string, text: string): boolean {
  const found = toRegExp(regex)?.exec(text);
  return found?.index === 0 && found[0].length === text.length;
}
