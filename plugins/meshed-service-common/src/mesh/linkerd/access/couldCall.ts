import { proxyPorts } from '../../../model';
import type { Authorization, EffectivePolicy, RoutePolicy } from '../inbound';
import { holds, isPod, Workload } from '../kinds';
import { admits, isLocal } from './admits';
import { arrivalOf } from './arrival';
import { networksAroundProxy } from './aroundProxy';
import type { Caller, HttpCall, InboundCall } from './Caller';
import { findRoute } from './findRoute';
import { meetsProxy } from './meetsProxy';

/**
 * Whether a call is let in. Where policy decides: by what, or how it is refused. HTTP gets 403 or, where no route takes it,
 * 404 (gRPC: 7 and 5); anything else is closed, or gets 400 where HTTP/1 is expected and plaintext comes. Where it does
 * not: who decides.
 *
 * @public
 */
export type AccessAnswer =
  | {
      decidedBy: 'policy';
      allowed: true;
      /** `localhost`: a call from within the pod, which no policy is asked about. */
      by: Authorization | 'localhost';
      route?: RoutePolicy;
      /** The proxy answers by itself and the application sees nothing. */
      redirected?: true;
      because: string;
    }
  | {
      decidedBy: 'policy';
      allowed: false;
      outcome: 'forbidden' | 'noRoute' | 'closed' | 'badRequest';
      route?: RoutePolicy;
      because: string;
    }
  | { decidedBy: 'noProxy' | 'bypass' | 'proxy'; because: string };

/**
 * @param policy - of the called port of the workload.
 * @returns whether a caller gets through.
 *
 * @public
 */
export function couldCall(
  workload: Workload,
  policy: EffectivePolicy,
  caller: Caller,
  call: InboundCall,
): AccessAnswer {
  const elsewhere = decidedElsewhere(workload, policy, caller);
  if (elsewhere) return elsewhere;
  const arrival = arrivalOf(workload, policy, caller, call);
  switch (arrival.judged) {
    case 'request':
      return request(policy, caller, arrival.call);
    case 'connection':
      return connect(policy, caller);
    default:
      return refused(arrival.outcome, `${nameOf(policy)} ${arrival.because}`);
  }
}

function decidedElsewhere(
  workload: Workload,
  { port, skipped }: EffectivePolicy,
  { transport, address }: Caller,
): AccessAnswer | undefined {
  if (isPod(workload) && !workload.proxy) {
    const because = `pod ${workload.name} runs no proxy: whoever the network lets through reaches it`;
    return { decidedBy: 'noProxy', because };
  }
  if (port === proxyPorts.inbound) {
    const because = `port ${port} is where proxies call each other: others are cut off`;
    return { decidedBy: 'proxy', because };
  }
  const around =
    isPod(workload) && transport !== 'mesh' && port !== proxyPorts.admin
      ? networksAroundProxy(workload)
      : [];
  const network = around.find(cidr => holds({ cidr, except: [] }, address));
  if (network) {
    const because = `whoever comes from ${network} goes around the proxy and reaches port ${port}`;
    return { decidedBy: 'bypass', because };
  }
  if (!skipped) return undefined;
  if (transport === 'mesh' && isPod(workload) && meetsProxy(workload, port))
    return undefined;
  const because = `port ${port} goes around the proxy: whoever the network lets through reaches it`;
  return { decidedBy: 'bypass', because };
}

/** Connections are judged once, by the authorizations of the Server alone. */
function connect(policy: EffectivePolicy, caller: Caller): AccessAnswer {
  const by = whoAdmits(policy.authorizations, caller);
  return by
    ? allowedBy(by)
    : refused('closed', whyNot(policy, policy.authorizations));
}

/** Requests are judged one by one: the route decides what it is about, then it or the Server lets the caller in. */
function request(
  policy: EffectivePolicy,
  caller: Caller,
  call: HttpCall,
): AccessAnswer {
  const found = findRoute(policy.routes, call);
  if (!found) {
    return refused(
      'noRoute',
      `no route on ${nameOf(policy)} takes ${call.method} ${call.path}`,
    );
  }
  const { route, rule } = found;
  const all = [...route.authorizations, ...policy.authorizations];
  const by = whoAdmits(all, caller);
  if (!by) {
    return { ...refused('forbidden', whyNot(policy, all)), route };
  }
  const redirected = (rule.filters ?? []).some(each => 'redirect' in each);
  return {
    ...allowedBy(by),
    route,
    ...(redirected ? { redirected } : {}),
  };
}

function whoAdmits(
  authorizations: readonly Authorization[],
  caller: Caller,
): Authorization | 'localhost' | undefined {
  return (
    authorizations.find(each => admits(each, caller)) ??
    (isLocal(caller) ? 'localhost' : undefined)
  );
}

type Refusal = Extract<AccessAnswer, { allowed: false }>;

function refused(outcome: Refusal['outcome'], because: string): Refusal {
  return { decidedBy: 'policy', allowed: false, outcome, because };
}

function allowedBy(by: Authorization | 'localhost') {
  const because =
    by === 'localhost'
      ? 'calls from within the pod are let in'
      : `${describe(by)} lets it in`;
  return { decidedBy: 'policy', allowed: true, by, because } as const;
}

function whyNot(
  policy: EffectivePolicy,
  authorizations: readonly Authorization[],
): string {
  return authorizations.length === 0
    ? `${nameOf(policy)} lets nobody in`
    : `none of ${authorizations.map(describe).join(', ')} lets it in`;
}

function describe({ kind, name, ref }: Authorization): string {
  return kind === 'default' ? `policy ${name}` : `${ref?.kind ?? kind} ${name}`;
}

function nameOf({ server }: EffectivePolicy): string {
  return server.kind === 'server'
    ? `Server ${server.name}`
    : `the default policy ${server.name}`;
}
