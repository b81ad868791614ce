import { InputError } from '@backstage/errors';
import {
  annotations,
  fromForm,
  MeshedServiceSpec,
  parseMeshedServiceSpec,
} from '@meshway/plugin-meshed-service-common';
import type { ServiceRequest } from '@meshway/plugin-meshed-service-node';
import type { StepContext } from './StepServices';

/** @throws InvalidSpecError naming every field that is wrong, unknown ones included. */
export function readSpec(service: unknown): MeshedServiceSpec {
  return parseMeshedServiceSpec(fromForm(service));
}

/** @returns what is asked for, and by which version of which template. */
export function readRequest(
  input: { service: unknown; skeleton?: string },
  { templateInfo }: Pick<StepContext, 'templateInfo'>,
): ServiceRequest {
  const version =
    templateInfo?.entity?.metadata.annotations?.[
      annotations.backstageTemplateVersion
    ];
  if (!templateInfo || !version)
    throw new InputError(
      `${templateInfo?.entityRef ?? 'The template'} has no annotation ${
        annotations.backstageTemplateVersion
      }, and the stamp of a service names the version it was made with. Add the annotation to the template.`,
    );
  return {
    service: fromForm(input.service),
    ...(input.skeleton ? { skeleton: input.skeleton } : {}),
    template: { ref: templateInfo.entityRef, version },
  };
}
