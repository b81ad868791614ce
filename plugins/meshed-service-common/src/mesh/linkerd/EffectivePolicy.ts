import type { ObjectRef } from '../../model';
import type { Unreadable } from '../readable';
import type { DefaultPolicy } from './DefaultPolicy';

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
 * Addresses that clients come from.
 *
 * @public
 */
export type Network = { cidr: string; except: string[] };

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
 * How the proxy reads a connection.
 *
 * @public
 */
export type ProxyProtocol =
  | 'detect'
  | 'http1'
  | 'http2'
  | 'grpc'
  | 'opaque'
  | 'tls';

/**
 * A route in effect: its authorizations let clients in beside those of the Server, for what it matches.
 *
 * @public
 */
export type RoutePolicy = {
  kind: 'HTTPRoute' | 'GRPCRoute' | 'probe';
  name: string;
  ref?: ObjectRef;
  /** The paths that it matches, where every match is one exact path or gRPC method; undefined: more than can be listed. */
  opens: string[] | undefined;
  authorizations: Authorization[];
};

/**
 * What Linkerd does with a connection to one port of one pod.
 *
 * @public
 */
export type EffectivePolicy = {
  port: number;
  /** The port bypasses the proxy: nothing below is enforced there. */
  skipped: boolean;
  /** Who decides: a Server, or the default policy of the pod. */
  server:
    | { kind: 'server'; name: string; ref: ObjectRef }
    | { kind: 'default'; name: DefaultPolicy };
  protocol: ProxyProtocol;
  /** Sorted by kind, then by name. Empty: nobody is let in. */
  authorizations: Authorization[];
  routes: RoutePolicy[];
  /** Servers that match this port, too, and lose: what they say has no effect. */
  shadowed: ObjectRef[];
  /** Policies and Servers that concern this port and have no effect, and why. */
  ignored: Unreadable[];
};
