import { ServiceUnavailableError, toError } from '@backstage/errors';
import type {
  GuardrailPack,
  GuardrailsResponse,
} from '@meshway/plugin-meshed-service-common';
import type { MeshedServicePublishing } from '@meshway/plugin-meshed-service-node';

/** @throws ServiceUnavailableError naming what is broken: not the caller's mistake, and nothing can be written. */
export async function guardrailPackOf(
  publishing: Pick<MeshedServicePublishing, 'guardrails'>,
): Promise<GuardrailPack> {
  try {
    return await publishing.guardrails();
  } catch (error) {
    throw new ServiceUnavailableError(
      `The guardrails (meshedService.guardrails.pack) cannot be used, so nothing can be written: ${
        toError(error).message
      }`,
    );
  }
}

/** @returns the pack as it goes over the wire. */
export function guardrailsToWire(pack: GuardrailPack): GuardrailsResponse {
  return {
    pack: { name: pack.name, version: pack.version, digest: pack.digest },
    items: pack.guardrails.map(
      ({ code, name, title, why, fix, docs, holds }) => ({
        code,
        name,
        title,
        why,
        fix,
        docs,
        holds,
      }),
    ),
  };
}
