import { z } from 'zod';
import type { KubernetesObject } from '../../../model';
import { originOf, Origin, readSpec, refuse, Unreadable } from '../../readable';
import { verdictsOf } from './acceptance';
import { LINKERD_POLICY_GROUP } from './AuthorizationPolicy';
import { attachmentsOf, parentsSchema, RouteParent } from './parents';
import { filterSchema, filtersOf } from './routeFilters';
import {
  grpcMatchOf,
  grpcMatchSchema,
  hostMatchOf,
  httpMatchOf,
  httpMatchSchema,
} from './routeMatches';
import type { HostMatch, RouteRule } from './RouteRule';
import { Unusable } from './unusable';

/**
 * A route that names Servers as its parents.
 *
 * @public
 */
export type InboundRoute = Origin & {
  kind: 'HTTPRoute' | 'GRPCRoute';
  group: string;
  /** The Servers that it names. */
  parents: readonly RouteParent[];
  /** By name of a Server, whether the control plane has recorded that it takes the route; undefined: it said nothing yet. */
  verdicts: ReadonlyMap<string, boolean> | undefined;
  /** Why it has no effect at all, whatever its status says: one part that cannot be used takes the usable ones with it. */
  unusable: Unreadable | undefined;
  hosts: HostMatch[];
  rules: RouteRule[];
};

/**
 * @returns the route, undefined when no Server is its parent, or why it cannot be read.
 *
 * @public
 */
export function inboundRouteFromKubernetes(
  object: KubernetesObject,
): InboundRoute | Unreadable | undefined {
  return object.kind === 'GRPCRoute'
    ? readRoute(object, 'GRPCRoute', grpcMatchSchema, grpcMatchOf)
    : readRoute(object, 'HTTPRoute', httpMatchSchema, httpMatchOf);
}

/** How long, as a route of Linkerd's own group may say it. Days and blanks pass its definition, and are not understood. */
const duration = z
  .string()
  .regex(
    /^\+*-*(?:\+?(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))*0?$/,
    'is no duration (1m30s)',
  )
  .nullish();
const timeouts = z
  .object({ request: duration, backendRequest: duration })
  .nullish();

function readRoute<Match>(
  object: KubernetesObject,
  kind: InboundRoute['kind'],
  match: z.ZodType<Match, z.ZodTypeDef, unknown>,
  matchOf: (match: Match, part: string) => RouteRule['matches'][number],
): InboundRoute | Unreadable | undefined {
  const group = object.apiVersion.split('/')[0];
  const isLinkerds = group === LINKERD_POLICY_GROUP;
  const rule = z.object({
    matches: z.array(match).nullish(),
    filters: z.array(filterSchema).nullish(),
    timeouts: isLinkerds ? timeouts : z.unknown(),
  });
  const read = readSpec(
    object,
    z.object({
      parentRefs: parentsSchema,
      hostnames: z.array(z.string()).nullish(),
      rules: z.array(rule).nullish(),
    }),
  );
  if ('unreadable' in read) {
    return namesServer(object) ? read.unreadable : undefined;
  }
  const origin = originOf(object);
  const { parentRefs, hostnames, rules: written } = read.spec;
  const { parents, problem } = attachmentsOf(
    parentRefs ?? [],
    origin.namespace,
    // What a route of Linkerd's own group leaves out, its definition fills in.
    isLinkerds ? LINKERD_POLICY_GROUP : undefined,
  );
  if (parents.length === 0) return undefined;
  const rules = orProblem(() =>
    (written ?? []).map(({ matches, filters }, index) => {
      const part = `spec.rules.${index}`;
      const done = filtersOf(
        filters ?? [],
        `${part}.filters`,
        kind,
        isLinkerds,
      );
      return {
        matches: (matches ?? []).map((each, at) =>
          matchOf(each, `${part}.matches.${at}`),
        ),
        ...(done.length > 0 ? { filters: done } : {}),
      };
    }),
  );
  const because = problem ?? (Array.isArray(rules) ? undefined : rules);
  return {
    ...origin,
    kind,
    group,
    parents,
    verdicts: verdictsOf(object),
    unusable: because === undefined ? undefined : refuse(object, because),
    hosts: (hostnames ?? []).map(hostMatchOf),
    rules: Array.isArray(rules) ? rules : [],
  };
}

/** @returns the rules, or why they cannot be used. */
function orProblem(read: () => RouteRule[]): RouteRule[] | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unusable) return error.message;
    throw error;
  }
}

/** A route that cannot be read concerns Servers if it names one, as far as it can be read. */
function namesServer({ spec }: KubernetesObject): boolean {
  const read = z
    .object({ parentRefs: z.array(z.unknown()).nullish() })
    .safeParse(spec ?? {});
  const isServer = z.object({
    kind: z.string().regex(/^server$/i),
    group: z.literal(LINKERD_POLICY_GROUP).nullish(),
  });
  return (
    !read.success ||
    (read.data.parentRefs ?? []).some(each => isServer.safeParse(each).success)
  );
}
