import { InputError } from '@backstage/errors';
import {
  GuardrailPack,
  MeshedServiceSpec,
  parseMeshedServiceSpec,
  Creation,
  Platform,
} from '@meshway/plugin-meshed-service-common';
import { Forge } from '../forge';
import { checkRepositoryName } from '../forge/places';
import { Registry } from '../registry';
import { Skeleton } from '../skeleton';
import { ServiceRequest } from './MeshedServicePublishing';
import { renderRepository, RenderedRepository } from './renderRepository';

/** What publishing is made of; each part stands behind a port of its own. @public */
export type PublishingParts = {
  forge: Forge;
  registry: Registry;
  platform: Platform;
  /** Names of the clusters that services may be asked for. */
  clusters: readonly string[];
  guardrails(): Promise<GuardrailPack>;
  /** @throws InputError naming those that there are, when there is none of that name. */
  skeleton(name: string | undefined): Promise<Skeleton>;
};

/**
 * Reads the original values of a request, and what only this platform knows about them.
 *
 * @throws InvalidSpecError, or InputError naming the field.
 */
export function parseRequest(
  request: ServiceRequest,
  { clusters, registry }: PublishingParts,
): MeshedServiceSpec {
  const spec = parseMeshedServiceSpec(request.service);
  if (!clusters.includes(spec.cluster))
    throw new InputError(
      clusters.length > 0
        ? `cluster: ${JSON.stringify(
            spec.cluster,
          )} is not a cluster of this platform; choose one of ${clusters.join(
            ', ',
          )}`
        : 'cluster: this portal knows no cluster; name one in meshedService.clusters',
    );
  const { repository } = spec.delivery;
  try {
    checkRepositoryName(repository);
  } catch (error) {
    throw new InputError(
      `delivery.repository: ${error instanceof Error ? error.message : error}`,
    );
  }
  if (repository.toLowerCase() === registry.repository.toLowerCase())
    throw new InputError(
      `delivery.repository: ${repository} holds the claims of the platform; choose another repository`,
    );
  return spec;
}

/** Renders what a request asks for, with what an earlier stamp says already. */
export async function renderRequest(
  spec: MeshedServiceSpec,
  request: ServiceRequest,
  parts: PublishingParts,
  facts: { created: Creation; teamPaths?: readonly string[] },
): Promise<{ rendered: RenderedRepository; pack: GuardrailPack }> {
  const pack = await parts.guardrails();
  const rendered = renderRepository(spec, {
    platform: parts.platform,
    skeleton: await parts.skeleton(request.skeleton),
    template: request.template,
    guardrails: pack,
    sourceUrl: parts.forge.sourceUrl(
      spec.delivery.repository,
      spec.delivery.revision,
    ),
    ...facts,
  });
  return { rendered, pack };
}
