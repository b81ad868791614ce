import { proxyPorts } from '../../../model';
import { inPorts } from '../../injection';
import { isUnreadable, Unreadable } from '../../readable';
import {
  authorizationOf,
  authorizationOfServerAuthorization,
} from './authorize';
import {
  authorizationsOf,
  ClusterSettings,
  DefaultPolicy,
  parseDefaultPolicy,
  withIdentityRequired,
} from './DefaultPolicy';
import type { Authorization, EffectivePolicy } from './EffectivePolicy';
import { formerForms, refusalsFor, tidyNotes, tidyRefusals } from './history';
import { bypassesProxy, isPod, Server, Workload } from '../kinds';
import { byKindThenName } from './order';
import type { PolicyIndex } from './PolicyIndex';
import { rateLimitOf } from './rateLimits';
import { ownRoutes, routesOf } from './routes';

/**
 * What Linkerd does with a connection to a port of a workload: the policy controller's own rules.
 *
 * The oldest matching Server decides. Its authorizations, those of its namespace and its own `accessPolicy` add up: any one
 * lets a client in. Without a Server the workload's default policy decides, and policies have no say.
 *
 * @public
 */
export function inboundPolicy(
  workload: Workload,
  port: number,
  index: PolicyIndex,
  settings: ClusterSettings,
): EffectivePolicy {
  const [server, ...shadowed] = index.serversFor(workload, port);
  const refusals = refusalsFor(workload, server, index);
  const common = {
    port,
    skipped: goesAround(workload, port),
    shadowed: shadowed.map(({ ref }) => ref),
  };
  if (!server) {
    const name = defaultPolicyOf(workload, port, settings);
    const opaque = inPorts(workload.opaquePorts, port);
    const protocol = opaque ? 'opaque' : 'detect';
    return {
      ...common,
      server: { kind: 'default', name },
      protocol,
      detectTimeout: opaque ? undefined : settings.detectTimeout ?? '10s',
      authorizations: authorizationsOf(name, settings),
      routes: ownRoutes(protocol, workload, port, settings),
      rateLimit: undefined,
      ignored: tidyRefusals(refusals),
      history: tidyNotes(formerForms(refusals)),
    };
  }
  const { protocol } = server;
  const admits = authorizationsOfServer(server, index, settings);
  const routes = routesOf(server, workload, port, index, settings);
  const limits = rateLimitOf(server, index, settings);
  return {
    ...common,
    server: {
      ...{ kind: 'server', name: server.name },
      ...{ ref: server.ref, port: server.port },
    },
    protocol,
    detectTimeout:
      protocol === 'detect' ? settings.detectTimeout ?? '10s' : undefined,
    authorizations: admits.authorizations,
    routes: routes.routes,
    rateLimit: limits.rateLimit,
    ignored: tidyRefusals([
      ...refusals,
      ...admits.ignored,
      ...routes.ignored,
      ...limits.ignored,
    ]),
    history: tidyNotes([
      ...formerForms(refusals),
      ...formerForms(
        index.routesOf(server).flatMap(({ unusable }) => unusable ?? []),
      ),
      ...routes.history,
      ...limits.history,
    ]),
  };
}

/**
 * @returns the default policy of a workload for a port that no Server claims.
 *
 * @public
 */
export function defaultPolicyOf(
  workload: Workload,
  port: number,
  settings: ClusterSettings,
): DefaultPolicy {
  const policy =
    parseDefaultPolicy(workload.defaultInboundPolicy) ??
    settings.defaultInboundPolicy ??
    parseDefaultPolicy(workload.injectedInboundPolicy) ??
    'all-unauthenticated';
  return inPorts(workload.identityRequiredPorts, port)
    ? withIdentityRequired(policy)
    : policy;
}

/**
 * @returns the ports that a Server means on a workload.
 *
 * @public
 */
export function portsOf({ port }: Server, { ports }: Workload): number[] {
  return typeof port === 'number'
    ? [port]
    : ports.filter(({ name }) => name === port).map(each => each.port);
}

/** The proxy itself answers on its admin port, which is not redirected either: there policy holds. */
function goesAround(workload: Workload, port: number): boolean {
  return (
    isPod(workload) &&
    bypassesProxy(workload, port) &&
    port !== proxyPorts.admin
  );
}

function authorizationsOfServer(
  server: Server,
  index: PolicyIndex,
  settings: ClusterSettings,
): { authorizations: Authorization[]; ignored: Unreadable[] } {
  const access = parseDefaultPolicy(server.accessPolicy);
  const answers = index
    .policiesOf(server)
    .map(policy => authorizationOf(policy, index, settings));
  return {
    authorizations: [
      ...answers.filter((each): each is Authorization => !isUnreadable(each)),
      ...index
        .serverAuthorizationsOf(server)
        .map(each => authorizationOfServerAuthorization(each, settings)),
      ...(access ? authorizationsOf(access, settings) : []),
    ].sort(byKindThenName),
    ignored: answers.filter(isUnreadable),
  };
}
