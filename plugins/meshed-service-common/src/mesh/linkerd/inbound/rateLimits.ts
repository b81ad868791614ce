import { meshIdentity } from '../../../model';
import type { Unreadable } from '../../readable';
import type { ClusterSettings } from './DefaultPolicy';
import type { HistoryNote, RateLimitPolicy } from './EffectivePolicy';
import { formerForms } from './history';
import type { PolicyIndex } from './PolicyIndex';
import type { HTTPLocalRateLimitPolicy, Server } from '../kinds';

/**
 * @returns the limit in effect on a Server: the oldest, and no other. The control plane goes by the status that it wrote;
 *   where nothing is written yet, by what it will write.
 */
export function rateLimitOf(
  server: Server,
  index: PolicyIndex,
  settings: ClusterSettings,
): {
  rateLimit: RateLimitPolicy | undefined;
  ignored: Unreadable[];
  history: HistoryNote[];
} {
  const limits = index.rateLimitsOf(server);
  if (['grpc', 'opaque', 'tls'].includes(server.protocol)) {
    const because = `only HTTP requests are limited, and Server ${server.name} is read as ${server.protocol}`;
    const ignored = limits.map(({ ref }) => ({ ref, because }));
    return { rateLimit: undefined, ignored, history: [] };
  }
  const wanted = (limit: HTTPLocalRateLimitPolicy) => limit === limits[0];
  const taken = limits.filter(limit => limit.accepted ?? wanted(limit));
  const inEffect = taken.find(({ unusable }) => !unusable);
  const first = inEffect ?? taken[0];
  return {
    rateLimit: inEffect && policyOf(inEffect, settings),
    ignored: limits
      .filter(limit => limit !== inEffect)
      .map(limit => limit.unusable ?? losing(limit, first, server)),
    history: [
      ...formerForms(limits.flatMap(({ unusable }) => unusable ?? [])),
      ...limits.flatMap(limit => noteOf(limit, wanted(limit))),
    ],
  };
}

function losing(
  { ref }: HTTPLocalRateLimitPolicy,
  first: HTTPLocalRateLimitPolicy | undefined,
  { name }: Server,
): Unreadable {
  const because = first
    ? `Server ${name} has the older limit ${first.name}`
    : `its status does not say that Server ${name} takes it`;
  return { ref, because };
}

function policyOf(
  { name, ref, total, identity, overrides }: HTTPLocalRateLimitPolicy,
  settings: ClusterSettings,
): RateLimitPolicy {
  return {
    name,
    ref,
    total: total ?? null,
    identity: identity ?? null,
    overrides: overrides.map(({ requestsPerSecond, accounts }) => ({
      requestsPerSecond,
      identities: accounts.map(account => meshIdentity(account, settings)),
    })),
  };
}

function noteOf(
  { ref, accepted, server }: HTTPLocalRateLimitPolicy,
  wanted: boolean,
): HistoryNote[] {
  if (accepted === wanted) return [];
  const because =
    accepted === undefined
      ? `its status says nothing yet about Server ${server}; it ${
          wanted ? 'takes effect' : 'is refused'
        } once the policy controller has written it`
      : `its status ${
          accepted ? 'takes' : 'refuses'
        } it, which does not follow from the objects: it changes when the policy controller writes it again`;
  return [{ kind: 'status', ref, because }];
}
