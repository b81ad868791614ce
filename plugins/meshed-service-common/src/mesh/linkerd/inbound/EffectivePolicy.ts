import type { ObjectRef } from '../../../model';
import type { Unreadable } from '../../readable';
import type { DefaultPolicy } from './DefaultPolicy';
import type { HostMatch, Network, ProxyProtocol, RouteRule } from '../kinds';

/**
 * Who counts as whom. `meshTLS-unauthenticated` is TLS without a client identity.
 *
 * @public
 */
export type Authentication =
  | { type: 'unauthenticated' }
  | { type: 'meshTLS-unauthenticated' }
  | {
      type: 'meshTLS' | 'meshTLS-any-identity';
      /** Exact identities, sorted. */
      identities: string[];
      /** Ends of identities, without the leading `*.`; the empty one is every identity. Sorted. */
      suffixes: string[];
    };

/**
 * One way in. A client that satisfies any one authorization is let in.
 *
 * @public
 */
export type Authorization = {
  kind: 'default' | 'authorizationpolicy' | 'serverauthorization';
  name: string;
  /** Absent for a default. */
  ref?: ObjectRef;
  networks: Network[];
  authentication: Authentication;
};

/**
 * A route in effect: its authorizations let clients in beside those of the Server, for what it matches. Where no route is
 * attached, the mesh makes its own: `default` for everything, and `probe` for what the kubelet asks.
 *
 * @public
 */
export type RoutePolicy = {
  kind: 'HTTPRoute' | 'GRPCRoute' | 'probe' | 'default';
  group: string;
  name: string;
  ref?: ObjectRef;
  hosts: HostMatch[];
  rules: RouteRule[];
  /** The paths that it matches, where every match is one exact path or gRPC method; undefined: more than can be listed. */
  opens: string[] | undefined;
  authorizations: Authorization[];
};

/**
 * How many requests per second come through.
 *
 * @public
 */
export type RateLimitPolicy = {
  name: string;
  ref: ObjectRef;
  total: number | null;
  identity: number | null;
  overrides: Array<{ requestsPerSecond: number; identities: string[] }>;
};

/**
 * Why the control plane may answer otherwise than the objects say. `formerForm`: an object was changed into a form that
 * cannot be used; a control plane that saw the usable one applies it until it restarts. `status`: the control plane goes by
 * what it wrote into a status, which is absent, or is not what follows from the objects.
 *
 * @public
 */
export type HistoryNote = {
  kind: 'formerForm' | 'status';
  ref: ObjectRef;
  because: string;
};

/**
 * What Linkerd does with a connection to one port of one workload.
 *
 * @public
 */
export type EffectivePolicy = {
  port: number;
  /** Traffic to the port goes around the proxy: nothing below is enforced there. */
  skipped: boolean;
  /** Who decides: a Server, or the default policy of the workload. */
  server:
    | {
        kind: 'server';
        name: string;
        ref: ObjectRef;
        /** As it names the port: by number, or by name. */
        port: number | string;
      }
    | { kind: 'default'; name: DefaultPolicy };
  protocol: ProxyProtocol;
  /** How long the proxy waits for the first bytes, where it detects the protocol. */
  detectTimeout: string | undefined;
  /** Sorted by kind, then by name. Empty: nobody is let in. */
  authorizations: Authorization[];
  /** In the order in which proxies prefer them, older first. None for what is not read as HTTP. */
  routes: RoutePolicy[];
  rateLimit: RateLimitPolicy | undefined;
  /** Servers that match this port, too, and lose: what they say has no effect. */
  shadowed: ObjectRef[];
  /** Policies and Servers that concern this port and have no effect, and why. */
  ignored: Unreadable[];
  /** Empty: every control plane answers so, whatever it has seen before. */
  history: HistoryNote[];
};
