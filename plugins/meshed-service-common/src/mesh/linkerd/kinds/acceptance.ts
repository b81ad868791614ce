import { z } from 'zod';
import type { KubernetesObject } from '../../../model';

/** Signs what the policy controller writes into a status. */
const CONTROLLER = 'linkerd.io/policy-controller';

const conditions = z.array(z.object({ type: z.string(), status: z.string() }));

const routeStatus = z.object({
  parents: z.array(
    z.object({
      controllerName: z.string(),
      parentRef: z.object({ kind: z.string().nullish(), name: z.string() }),
      conditions,
    }),
  ),
});

/** @returns by name of a Server whether the control plane takes a route for it; undefined: it wrote nothing yet. */
export function verdictsOf({
  status,
}: KubernetesObject): ReadonlyMap<string, boolean> | undefined {
  const read = routeStatus.safeParse(status);
  if (!read.success) return undefined;
  const ours = read.data.parents.filter(
    ({ controllerName, parentRef }) =>
      controllerName === CONTROLLER && parentRef.kind === 'Server',
  );
  if (ours.length === 0) return undefined;
  const verdicts = new Map<string, boolean>();
  for (const { parentRef, conditions: said } of ours) {
    verdicts.set(
      parentRef.name,
      verdicts.get(parentRef.name) === true || isAccepted(said),
    );
  }
  return verdicts;
}

/** @returns whether the control plane takes a policy that has one target; undefined: it wrote nothing yet. */
export function verdictOf({ status }: KubernetesObject): boolean | undefined {
  const read = z.object({ conditions }).safeParse(status);
  return read.success ? isAccepted(read.data.conditions) : undefined;
}

function isAccepted(said: z.infer<typeof conditions>): boolean {
  return said.some(
    ({ type, status }) => type === 'Accepted' && status === 'True',
  );
}
