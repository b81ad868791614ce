import { z } from 'zod';
import { LINKERD_POLICY_GROUP } from './AuthorizationPolicy';

/** A Server that a route names. @public */
export type RouteParent = { namespace: string; name: string };

export const parentsSchema = z
  .array(
    z.object({
      group: z.string().nullish(),
      kind: z.string().nullish(),
      name: z.string(),
      namespace: z.string().nullish(),
      port: z.number().nullish(),
      sectionName: z.string().nullish(),
    }),
  )
  .nullish();

/**
 * @param defaultGroup - of a parent that names none. Gateway's own default group has no Servers.
 * @returns the Servers among the parents of a route, and why the first that cannot be used makes the route have no effect.
 */
export function attachmentsOf(
  parentRefs: NonNullable<z.infer<typeof parentsSchema>>,
  ownNamespace: string,
  defaultGroup: string | undefined,
): { parents: RouteParent[]; problem?: string } {
  const servers = parentRefs.filter(
    ({ group, kind, name }) =>
      (group ?? defaultGroup)?.toLowerCase() === LINKERD_POLICY_GROUP &&
      kind?.toLowerCase() === 'server' &&
      name !== '',
  );
  const problem = servers.map(problemOf).find(each => each !== undefined);
  return {
    parents: servers.map(({ namespace, name }) => ({
      namespace: namespace ?? ownNamespace,
      name,
    })),
    ...(problem ? { problem } : {}),
  };

  function problemOf({
    name,
    namespace,
    port,
    sectionName,
  }: (typeof servers)[number]): string | undefined {
    if (typeof namespace === 'string' && namespace !== ownNamespace) {
      return `its parent ${name} is in another namespace`;
    }
    return typeof port === 'number' || typeof sectionName === 'string'
      ? `its parent ${name} names a port or section`
      : undefined;
  }
}
