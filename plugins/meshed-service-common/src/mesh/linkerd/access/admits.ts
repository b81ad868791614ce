import type { Authentication, Authorization } from '../inbound';
import { holds } from '../kinds';
import type { Caller } from './Caller';

/** Whoever calls from within the pod is let in, before every policy is asked. */
const LOOPBACK = ['127.0.0.1', '::1'];

/** @returns whether a caller is within the pod. */
export function isLocal({ address }: Caller): boolean {
  return LOOPBACK.includes(address);
}

/** @returns whether an authorization lets a caller in: its network and its identity must both do. */
export function admits(
  { networks, authentication }: Authorization,
  caller: Caller,
): boolean {
  return (
    networks.some(network => holds(network, caller.address)) &&
    isAuthentic(authentication, caller)
  );
}

function isAuthentic(
  authentication: Authentication,
  { transport, identity }: Caller,
): boolean {
  if (authentication.type === 'unauthenticated') return true;
  if (transport !== 'mesh') return false;
  if (authentication.type === 'meshTLS-unauthenticated') return true;
  if (identity === undefined) return false;
  const { identities, suffixes } = authentication;
  if (identities.includes(identity)) return true;
  // A SPIFFE URI has no ending that a star could stand for: not even the star alone lets it in.
  if (identity.includes('://')) return false;
  return suffixes.some(
    suffix => suffix === '' || identity.endsWith(`.${suffix}`),
  );
}
