import { z } from 'zod';
import type { KubernetesObject } from '../../model';
import { originOf, Origin, readSpec, Unreadable } from '../readable';
import { GATEWAY_GROUP, LINKERD_POLICY_GROUP } from './AuthorizationPolicy';

/**
 * A route that is attached to Servers: the part that can change who is let in.
 *
 * @public
 */
export type InboundRoute = Origin & {
  kind: 'HTTPRoute' | 'GRPCRoute';
  group: string;
  /** Names of Servers of the same namespace. */
  servers: string[];
  /** The paths that it matches, where every match is one exact path or gRPC method; undefined: more than can be listed. */
  opens: string[] | undefined;
};

const schema = z.object({
  parentRefs: z
    .array(
      z.object({
        group: z.string().nullish(),
        kind: z.string().nullish(),
        name: z.string(),
        namespace: z.string().nullish(),
        port: z.number().nullish(),
        sectionName: z.string().nullish(),
      }),
    )
    .nullish(),
  rules: z
    .array(
      z.object({
        matches: z
          .array(
            z.object({
              path: z
                .object({
                  type: z.string().nullish(),
                  value: z.string().nullish(),
                })
                .nullish(),
              method: z
                .union([
                  z.string(),
                  z.object({
                    type: z.string().nullish(),
                    service: z.string().nullish(),
                    method: z.string().nullish(),
                  }),
                ])
                .nullish(),
            }),
          )
          .nullish(),
        filters: z.array(z.object({ type: z.string() })).nullish(),
      }),
    )
    .nullish(),
});
type Match = NonNullable<
  NonNullable<z.infer<typeof schema>['rules']>[number]['matches']
>[number];

const supportedFilters = new Set([
  'RequestHeaderModifier',
  'ResponseHeaderModifier',
  'RequestRedirect',
]);

/**
 * @returns the route, undefined when no Server is its parent, or why it has no effect at all: one parent that cannot be
 *   used takes the usable ones with it, whatever the status of the route says.
 *
 * @public
 */
export function inboundRouteFromKubernetes(
  object: KubernetesObject,
): InboundRoute | Unreadable | undefined {
  const read = readSpec(object, schema);
  const origin = originOf(object);
  if ('unreadable' in read) return read.unreadable;
  const group = object.apiVersion.split('/')[0];
  const defaultGroup =
    group === LINKERD_POLICY_GROUP ? LINKERD_POLICY_GROUP : GATEWAY_GROUP;
  const servers = (read.spec.parentRefs ?? []).filter(
    parent =>
      (parent.group ?? defaultGroup).toLowerCase() === LINKERD_POLICY_GROUP &&
      (parent.kind ?? 'Gateway').toLowerCase() === 'server',
  );
  if (servers.length === 0) return undefined;
  const refused = (because: string) => ({ ref: origin.ref, because });
  for (const { name, namespace, port, sectionName } of servers) {
    if ((namespace ?? origin.namespace) !== origin.namespace) {
      return refused(`its parent ${name} is in another namespace`);
    }
    if (typeof port === 'number' || sectionName) {
      return refused(`its parent ${name} names a port or section`);
    }
  }
  const rules = read.spec.rules ?? [];
  const foreign = rules
    .flatMap(rule => rule.filters ?? [])
    .find(filter => !supportedFilters.has(filter.type));
  if (foreign) return refused(`Linkerd has no filter ${foreign.type} inbound`);

  const matches = rules.map(rule => rule.matches ?? []);
  const odd = matches
    .flat()
    .map(whyUnusable)
    .find(why => why !== undefined);
  if (odd) return refused(odd);
  return {
    ...origin,
    kind: object.kind === 'GRPCRoute' ? 'GRPCRoute' : 'HTTPRoute',
    group,
    servers: servers.map(({ name }) => name),
    opens: matches.every(each => each.length > 0)
      ? exactOnes(matches.flat())
      : undefined,
  };
}

function whyUnusable({ path, method }: Match): string | undefined {
  if (
    typeof path?.value === 'string' &&
    path.type !== 'RegularExpression' &&
    !path.value.startsWith('/')
  ) {
    return `its path ${path.value} does not begin with /`;
  }
  if (typeof method === 'object' && method?.type === 'RegularExpression') {
    return 'Linkerd matches gRPC methods exactly, never by regular expression';
  }
  return undefined;
}

/** @returns the paths, when every match is one exact path or gRPC method. */
function exactOnes(matches: Match[]): string[] | undefined {
  const paths = matches.map(({ path, method }) => {
    if (path) return path.type === 'Exact' ? path.value ?? '/' : undefined;
    return typeof method === 'object' && method?.service
      ? `/${method.service}/${method.method ?? ''}`
      : undefined;
  });
  return paths.length > 0 && paths.every(isText) ? paths : undefined;
}

function isText(value: string | undefined): value is string {
  return value !== undefined;
}
