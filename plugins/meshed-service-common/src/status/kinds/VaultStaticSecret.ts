import { z } from 'zod';
import type { KubernetesObject } from '../../model';
import { Origin, originOf, readSpec, Unreadable } from '../../mesh/readable';
import { Condition, conditionsIn } from './conditions';

/**
 * A secret of Vault that the Vault Secrets Operator copies. What it holds is never read.
 *
 * @public
 */
export type VaultStaticSecret = Origin & {
  vaultAuthRef: string | undefined;
  mount: string | undefined;
  path: string | undefined;
  /** Name of the Secret that it fills. */
  destination: string | undefined;
  conditions: readonly Condition[];
  /** It was copied at least once. */
  copied: boolean;
};

const schema = z.object({
  vaultAuthRef: z.string().nullish(),
  mount: z.string().nullish(),
  path: z.string().nullish(),
  destination: z.object({ name: z.string().nullish() }).nullish(),
});

/** @returns the narrow form, or why it cannot be read. */
export function vaultStaticSecretFromKubernetes(
  object: KubernetesObject,
): VaultStaticSecret | Unreadable {
  const read = readSpec(object, schema);
  if ('unreadable' in read) return read.unreadable;
  const { vaultAuthRef, mount, path, destination } = read.spec;
  return {
    ...originOf(object),
    vaultAuthRef: vaultAuthRef ?? undefined,
    mount: mount ?? undefined,
    path: path ?? undefined,
    destination: destination?.name ?? undefined,
    conditions: conditionsIn(object.status),
    copied: Boolean(Object(object.status).secretMAC),
  };
}
