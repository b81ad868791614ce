import { z } from 'zod';
import type { KubernetesObject } from '../../model';
import { Origin, originOf, readSpec, Unreadable } from '../../mesh/readable';

/**
 * How the Vault Secrets Operator logs in.
 *
 * @public
 */
export type VaultAuth = Origin & {
  mount: string | undefined;
  role: string | undefined;
  serviceAccount: string | undefined;
  audiences: readonly string[];
  /** As the operator found it; undefined: it said nothing yet. */
  valid: boolean | undefined;
  /** What it said against it. */
  error: string | undefined;
};

const schema = z.object({
  mount: z.string().nullish(),
  kubernetes: z
    .object({
      role: z.string().nullish(),
      serviceAccount: z.string().nullish(),
      audiences: z.array(z.string()).nullish(),
    })
    .nullish(),
});

/** @returns the narrow form, or why it cannot be read. */
export function vaultAuthFromKubernetes(
  object: KubernetesObject,
): VaultAuth | Unreadable {
  const read = readSpec(object, schema);
  if ('unreadable' in read) return read.unreadable;
  const { mount, kubernetes } = read.spec;
  const { valid, error } = Object(object.status);
  return {
    ...originOf(object),
    mount: mount ?? undefined,
    role: kubernetes?.role ?? undefined,
    serviceAccount: kubernetes?.serviceAccount ?? undefined,
    audiences: kubernetes?.audiences ?? [],
    valid: typeof valid === 'boolean' ? valid : undefined,
    error:
      typeof error === 'string' && error !== ''
        ? error.replace(/\s+/g, ' ').slice(0, 300)
        : undefined,
  };
}
