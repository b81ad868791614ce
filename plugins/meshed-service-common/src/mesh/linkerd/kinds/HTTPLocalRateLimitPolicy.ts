import { z } from 'zod';
import type { KubernetesObject } from '../../../model';
import { originOf, Origin, readSpec, refuse, Unreadable } from '../../readable';
import { verdictOf } from './acceptance';
import { LINKERD_POLICY_GROUP } from './AuthorizationPolicy';
import { coreKindOf } from './reference';

/**
 * How many requests per second a Server takes: in total, of each client, and of certain clients.
 *
 * @public
 */
export type HTTPLocalRateLimitPolicy = Origin & {
  server: string;
  total: number | undefined;
  identity: number | undefined;
  overrides: ReadonlyArray<{
    requestsPerSecond: number;
    accounts: ReadonlyArray<{ namespace: string; serviceAccount: string }>;
  }>;
  /** Whether the control plane has recorded that it applies; undefined: it said nothing yet. */
  accepted: boolean | undefined;
  /** Why it limits nothing. Its status may say that it applies all the same, and no other limit on the Server does then. */
  unusable: Unreadable | undefined;
};

const perSecond = z.number().int().min(0).max(4294967295);
const limit = z.object({ requestsPerSecond: perSecond });

const reference = z.object({
  group: z.string().nullish(),
  kind: z.string(),
  name: z.string(),
});

const schema = z.object({
  targetRef: reference,
  total: limit.nullish(),
  identity: limit.nullish(),
  overrides: z
    .array(
      limit.extend({
        clientRefs: z.array(
          reference.extend({ namespace: z.string().nullish() }),
        ),
      }),
    )
    .nullish(),
});

/**
 * @returns the limit, or why a policy controller would not use it.
 *
 * @public
 */
export function httpLocalRateLimitPolicyFromKubernetes(
  object: KubernetesObject,
): HTTPLocalRateLimitPolicy | Unreadable {
  const read = readSpec(object, schema);
  if ('unreadable' in read) return read.unreadable;
  const origin = originOf(object);
  const { targetRef, total, identity, overrides } = read.spec;
  if (
    targetRef.group?.toLowerCase() !== LINKERD_POLICY_GROUP ||
    targetRef.kind.toLowerCase() !== 'server'
  ) {
    return refuse(object, `a ${targetRef.kind} cannot be its target`);
  }
  const foreign = (overrides ?? [])
    .flatMap(({ clientRefs }) => clientRefs)
    .find(ref => coreKindOf(ref) !== 'serviceaccount');
  return {
    ...origin,
    server: targetRef.name,
    total: total?.requestsPerSecond,
    identity: identity?.requestsPerSecond,
    overrides: (overrides ?? []).map(({ requestsPerSecond, clientRefs }) => ({
      requestsPerSecond,
      accounts: clientRefs.map(({ namespace, name }) => ({
        namespace: namespace ?? origin.namespace,
        serviceAccount: name,
      })),
    })),
    accepted: verdictOf(object),
    unusable: foreign
      ? refuse(object, `a ${foreign.kind} cannot be one of its clients`)
      : undefined,
  };
}
