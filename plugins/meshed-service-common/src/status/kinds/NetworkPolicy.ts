import { z } from 'zod';
import type { KubernetesObject } from '../../model';
import { LabelSelector, labelSelectorSchema, selects } from '../../mesh';
import type { Pod } from '../../mesh';
import { Origin, originOf, readSpec, Unreadable } from '../../mesh/readable';

/**
 * The ingress side of a NetworkPolicy.
 *
 * @public
 */
export type NetworkPolicy = Origin & {
  selects: LabelSelector;
  /** One entry per rule: its TCP ports, or undefined where a rule opens every port. */
  ingress: Array<
    Array<number | string | { from: number; to: number }> | undefined
  >;
};

const schema = z.object({
  podSelector: labelSelectorSchema.nullish(),
  policyTypes: z.array(z.string()).nullish(),
  ingress: z
    .array(
      z.object({
        ports: z
          .array(
            z.object({
              protocol: z.string().nullish(),
              port: z.union([z.number(), z.string()]).nullish(),
              endPort: z.number().nullish(),
            }),
          )
          .nullish(),
      }),
    )
    .nullish(),
});
type Rule = NonNullable<z.infer<typeof schema>['ingress']>[number];

/** @returns the policy, undefined when it says nothing about ingress, or why it cannot be read. */
export function networkPolicyFromKubernetes(
  object: KubernetesObject,
): NetworkPolicy | Unreadable | undefined {
  const read = readSpec(object, schema);
  if ('unreadable' in read) return read.unreadable;
  const { podSelector, policyTypes, ingress } = read.spec;
  if (policyTypes && !policyTypes.includes('Ingress')) return undefined;
  return {
    ...originOf(object),
    selects: podSelector ?? { labels: [], expressions: [] },
    ingress: (ingress ?? []).map(portsOfRule),
  };
}

/** @returns whether a policy is about a pod. */
export function restrictsPod(policy: NetworkPolicy, pod: Pod): boolean {
  return (
    policy.namespace === pod.namespace && selects(policy.selects, pod.labels)
  );
}

/** @returns whether a policy opens a TCP port from somewhere. */
export function admitsPort({ ingress }: NetworkPolicy, port: number): boolean {
  return ingress.some(
    ports =>
      ports === undefined ||
      ports.some(each =>
        typeof each === 'object'
          ? each.from <= port && port <= each.to
          : each === port,
      ),
  );
}

function portsOfRule({ ports }: Rule): NetworkPolicy['ingress'][number] {
  if (!ports || ports.length === 0) return undefined;
  const tcp = ports.filter(({ protocol }) => (protocol ?? 'TCP') === 'TCP');
  if (tcp.some(({ port }) => port === null || port === undefined)) {
    return undefined;
  }
  return tcp.map(({ port, endPort }) =>
    typeof port === 'number' && typeof endPort === 'number'
      ? { from: port, to: endPort }
      : port ?? 0,
  );
}
