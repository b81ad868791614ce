import { ConflictError, InputError } from '@backstage/errors';
import {
  DeliveryMode,
  formatServiceRef,
  parseMeshedServiceSpec,
  ServiceRef,
  Stamp,
} from '@meshway/plugin-meshed-service-common';
import {
  differentFields,
  readClaimedStamp,
} from '@meshway/plugin-meshed-service-node';
import type {
  Forge,
  MeshedServiceProvisioning,
  Registry,
  ServiceRequest,
} from '@meshway/plugin-meshed-service-node';

/** What is recorded of a service. Nothing is remembered: whoever writes has to know what is, not what was. */
export class RecordedServices {
  constructor(
    private readonly provisioning: Pick<MeshedServiceProvisioning, 'readOwner'>,
    private readonly registry: Pick<Registry, 'readClaim'>,
    private readonly forge: Pick<Forge, 'read'>,
  ) {}

  /**
   * @returns the owner in the claim; undefined when the name is free.
   * @throws ConflictError when registry and namespace name different owners: then nobody's right is sure.
   */
  async ownerOf(
    service: ServiceRef,
    options: {
      signal?: AbortSignal;
      /** The owner that may stand in one of the two while a service is handed over. */
      transferFrom?: string;
    } = {},
  ): Promise<string | undefined> {
    const [inCluster, claim] = await Promise.all([
      this.provisioning.readOwner(service, options),
      this.registry.readClaim(service),
    ]);
    if (!claim || !inCluster || claim.owner === inCluster)
      return inCluster ?? claim?.owner;
    if (options.transferFrom === inCluster) return claim.owner;
    if (options.transferFrom === claim.owner) return inCluster;
    throw new ConflictError(
      `${formatServiceRef(service)} belongs to ${
        claim.owner
      } in the registry and to ${inCluster} in the cluster. If it is being handed over, repeat that with transferFrom; else ask the platform team.`,
    );
  }

  /** @returns what the stamp in its repository says; undefined where there is none. */
  async stampOf(service: ServiceRef): Promise<Stamp | undefined> {
    const claim = await this.registry.readClaim(service);
    return claim && readClaimedStamp(this.forge, claim);
  }

  /**
   * @returns who writes the service: Argo CD, or the portal itself. What has neither stamp nor claim was not published, so
   *   the portal wrote it.
   * @throws ConflictError when the caller means the other one; InputError when it is recorded, and the record cannot be read.
   */
  async deliveryOf(
    service: ServiceRef,
    given: DeliveryMode | undefined,
  ): Promise<DeliveryMode> {
    const stamp = await this.stampOf(service).catch(error => {
      if (given === undefined) throw error;
      return undefined;
    });
    const inStamp = stamp?.spec.delivery.mode;
    if (inStamp && given && inStamp !== given)
      throw new ConflictError(
        `delivery: the stamp of ${formatServiceRef(
          service,
        )} says ${inStamp}, not ${given}`,
      );
    const known = inStamp ?? given;
    if (known) return known;
    if (await this.registry.readClaim(service))
      throw new InputError(
        `delivery: the repository of ${formatServiceRef(
          service,
        )} has no stamp; say whether Argo CD delivers it (gitops) or the portal (apply)`,
      );
    return 'apply';
  }

  /**
   * @returns the values of the caller, else the recorded ones.
   * @throws InputError when there are neither.
   */
  async requestOf(
    service: ServiceRef,
    given: GivenValues,
  ): Promise<ServiceRequest> {
    const stamp =
      given.spec === undefined || given.template === undefined
        ? await this.stampOf(service)
        : undefined;
    return requestFrom(service, given, stamp);
  }

  /**
   * @returns the recorded values, or those of the caller where nothing is recorded. The recorded phase counts, whichever the
   *   caller believes in: so a repeat finds that the service has moved.
   * @throws ConflictError when the caller sends other answers: a change of the phase is no way past the review of others.
   */
  async recordedRequestOf(
    service: ServiceRef,
    given: GivenValues,
  ): Promise<ServiceRequest> {
    const stamp = await this.stampOf(service);
    const request = requestFrom(service, given, stamp);
    if (!stamp) return request;
    const fields = differentFields(
      stamp.spec,
      parseMeshedServiceSpec(request.service),
    ).filter(field => field !== 'phase');
    if (fields.length === 0) return { ...request, service: stamp.spec };
    throw new ConflictError(
      `spec: ${formatServiceRef(
        service,
      )} is recorded with other answers for ${fields.join(
        ', ',
      )}. Leave the spec away, or send what is recorded.`,
    );
  }
}

/** What a caller says of a service, apart from where it is. */
type GivenValues = {
  spec?: unknown;
  skeleton?: string;
  template?: ServiceRequest['template'];
};

function requestFrom(
  service: ServiceRef,
  given: GivenValues,
  stamp: Stamp | undefined,
): ServiceRequest {
  const spec = given.spec ?? stamp?.spec;
  if (spec === undefined)
    throw new InputError(
      `spec: no repository records what ${formatServiceRef(
        service,
      )} was asked for; send the values`,
    );
  return {
    service: spec,
    template: given.template ?? stamp?.status.template ?? noTemplate,
    ...(given.skeleton ? { skeleton: given.skeleton } : {}),
  };
}

/** Stands where the template stands when somebody asks without one. */
export const noTemplate = { ref: 'template:default/none', version: '0.0.0' };
