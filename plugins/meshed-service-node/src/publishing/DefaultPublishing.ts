import { GuardrailPack } from '@meshway/plugin-meshed-service-common';
import { InputError } from '@backstage/errors';
import { MeshedServiceConfig } from '../config';
import { Forge } from '../forge';
import { guardrailsFrom } from '../guardrails';
import { ForgeRegistry, Registry } from '../registry';
import { readSkeleton } from '../skeleton';
import {
  MeshedServicePublishing,
  Receipt,
  ServicePlan,
  ServiceRequest,
  WriteOptions,
} from './MeshedServicePublishing';
import { planService } from './planService';
import {
  commitServiceChange,
  proposeServiceChange,
} from './proposeServiceChange';
import { PublishingParts } from './PublishingParts';
import { publishService } from './publishService';

/**
 * Publishing as configuration says.
 *
 * @public
 */
export class DefaultPublishing implements MeshedServicePublishing {
  readonly registry: Registry;
  private readonly parts: PublishingParts;

  constructor(readonly config: MeshedServiceConfig, readonly forge: Forge) {
    this.registry = new ForgeRegistry(forge, config.forge.registry);
    this.parts = {
      forge,
      registry: this.registry,
      platform: config.platform,
      clusters: config.clusters.map(({ name }) => name),
      guardrails: guardrailsFrom(config.guardrails.pack),
      skeleton: async name => readSkeleton(skeletonFolder(config, name)),
    };
  }

  guardrails(): Promise<GuardrailPack> {
    return this.parts.guardrails();
  }

  plan(
    request: ServiceRequest,
    options?: { signal?: AbortSignal },
  ): Promise<ServicePlan> {
    return planService(request, this.parts, options);
  }

  publish(request: ServiceRequest, options: WriteOptions): Promise<Receipt> {
    return publishService(request, this.parts, options);
  }

  propose(request: ServiceRequest, options: WriteOptions): Promise<Receipt> {
    return proposeServiceChange(request, this.parts, options);
  }

  change(request: ServiceRequest, options: WriteOptions): Promise<Receipt> {
    return commitServiceChange(request, this.parts, options);
  }
}

function skeletonFolder(
  { skeletons }: MeshedServiceConfig,
  name: string | undefined,
): string {
  const skeleton =
    name === undefined
      ? skeletons[0]
      : skeletons.find(candidate => candidate.name === name);
  if (skeleton) return skeleton.path;
  throw new InputError(
    `skeleton: ${JSON.stringify(
      name,
    )} is not configured; choose one of ${skeletons
      .map(candidate => candidate.name)
      .join(', ')}, or add it to meshedService.skeletons`,
  );
}
