import { proxyPorts } from '../../../model';
import { inPorts } from '../../injection';
import type { EffectivePolicy } from '../inbound';
import type { Workload } from '../kinds';
import type { Caller, HttpCall, InboundCall } from './Caller';

/** How a call comes to be judged: request by request, once for its connection, or not at all, and what becomes of it then. */
export type Arrival =
  | { judged: 'request'; call: HttpCall }
  | { judged: 'connection' }
  | Unjudged;

type Unjudged = {
  judged: 'never';
  outcome: 'forbidden' | 'closed' | 'badRequest';
  /** Said of a Server or of a default policy. */
  because: string;
};

/**
 * @returns how a call comes to be judged. The proxy of a client says beforehand whether it sends HTTP; what comes without mesh
 *   TLS is read as the port's protocol has it.
 */
export function arrivalOf(
  workload: Workload,
  policy: EffectivePolicy,
  caller: Caller,
  call: InboundCall,
): Arrival {
  if (proxiesCannotRead(policy)) {
    return {
      judged: 'never',
      outcome: isHttp(call) ? 'forbidden' : 'closed',
      because:
        'has a GRPCRoute with a match that names no method, which proxies cannot read: they let nobody in',
    };
  }
  // The proxy itself answers there, by requests only, whatever protocol a Server gives the port.
  if (policy.port === proxyPorts.admin)
    return isHttp(call) ? { judged: 'request', call } : closed('HTTP');
  return caller.transport === 'mesh'
    ? announced(workload, policy, call)
    : detected(policy, call);
}

/** One match that proxies cannot read, and they drop the whole policy of the port. */
function proxiesCannotRead({ routes }: EffectivePolicy): boolean {
  return routes.some(
    ({ kind, rules }) =>
      kind === 'GRPCRoute' &&
      rules.some(({ matches }) => matches.some(match => !('rpc' in match))),
  );
}

function announced(
  { opaquePorts }: Workload,
  { port, protocol }: EffectivePolicy,
  call: InboundCall,
): Arrival {
  // Clients are told what the workload's annotation says, also where a Server says otherwise.
  const isOpaque = protocol === 'opaque' || inPorts(opaquePorts, port);
  if (isHttp(call) && !isOpaque) return { judged: 'request', call };
  const expected = expectedBy(protocol);
  return expected ? closed(expected) : { judged: 'connection' };
}

function detected({ protocol }: EffectivePolicy, call: InboundCall): Arrival {
  const expected = expectedBy(protocol);
  if (!expected)
    return isHttp(call) && protocol === 'detect'
      ? { judged: 'request', call }
      : { judged: 'connection' };
  if (isHttp(call)) {
    const version = protocol === 'http1' ? 1 : 2;
    return (call.version ?? version) === version
      ? { judged: 'request', call }
      : closed(expected);
  }
  // Whoever sends neither HTTP nor TLS is told so, in HTTP/1.
  return protocol === 'http1' && call.kind === 'bytes'
    ? { ...closed(expected), outcome: 'badRequest' }
    : closed(expected);
}

function isHttp(call: InboundCall): call is HttpCall {
  return call.kind === 'http';
}

function closed(expected: string): Unjudged {
  return { judged: 'never', outcome: 'closed', because: `expects ${expected}` };
}

function expectedBy(protocol: EffectivePolicy['protocol']): string | undefined {
  if (protocol === 'http1') return 'HTTP/1';
  return protocol === 'http2' || protocol === 'grpc' ? 'HTTP/2' : undefined;
}
