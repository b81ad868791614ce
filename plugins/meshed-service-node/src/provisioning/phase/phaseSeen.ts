import {
  annotations,
  kinds,
  names,
  Phase,
  phasePolicy,
  phases,
  Problem,
} from '@meshway/plugin-meshed-service-common';
import { Kubernetes, UnknownKindError } from '../../kubernetes';
import { Wanted } from '../context';
import { isOurs } from '../ownership';
import { Live } from '../survey/readLive';
import { Survey } from '../survey/surveyService';

type Seen = Pick<Live, 'namespace' | 'others'>;

/**
 * @returns the phase that our Servers are in, those that are no longer asked for included: that of the loosest. Where there
 *   is no Server, that of the namespace's default; undefined when that is none that is known, either.
 */
export function phaseSeen(
  { namespace, others }: Seen,
  { spec, holder }: Pick<Wanted, 'spec' | 'holder'>,
): Phase | undefined {
  const policies = others
    .filter(
      object =>
        object.kind === kinds.Server.kind &&
        // It opens the proxy's own port where everything else denies, and says nothing of the service's ports.
        object.metadata.name !== names.proxyAdmin(spec) &&
        isOurs(object, holder),
    )
    .map(server => Object(server.spec).accessPolicy);
  if (policies.length === 0 && namespace && isOurs(namespace, holder))
    policies.push(
      namespace.metadata.annotations?.[annotations.linkerdDefaultInboundPolicy],
    );
  return phases.find(phase => policies.includes(phasePolicy[phase]));
}

/** Reads only what tells the phase. A cluster without Linkerd's kinds has no Server of ours. */
export async function readPhaseSeen(
  { spec }: Wanted,
  kubernetes: Kubernetes,
  options: { signal?: AbortSignal },
): Promise<Seen> {
  const namespace = names.namespace(spec);
  const [seen, others] = await Promise.all([
    kubernetes.read({ ...kinds.Namespace, name: namespace }, options),
    kubernetes.list(kinds.Server, { namespace }, options).catch(error => {
      if (error instanceof UnknownKindError) return [];
      throw error;
    }),
  ]);
  return { namespace: seen, others };
}

/** @returns why asking again must not move a service forward: nobody would have said why, or looked whom it cuts off. */
export function forwardProblems(
  { spec }: Wanted,
  { phase: seen }: Survey,
): Problem[] {
  // In gitops a repository that exists is changed by proposals only.
  if (spec.delivery.mode === 'gitops') return [];
  if (!seen || phases.indexOf(seen) >= phases.indexOf(spec.phase)) return [];
  return [
    {
      code: 'phase-forward',
      system: 'kubernetes',
      message: `In the cluster it is in phase ${seen}, and ${spec.phase} is asked for.`,
      fix: 'Change the phase on its own, one step at a time and with a reason (service:setPhase, meshway phase).',
    },
  ];
}
