import { InputError } from '@backstage/errors';
import {
  annotations,
  Bundle,
  formatServiceRef,
  kinds,
  KubernetesObject,
  MeshedServiceSpec,
  names,
  ownershipAnnotations,
  parseServiceRef,
  ServiceRef,
  toYaml,
} from '@meshway/plugin-meshed-service-common';
import { parseDocument } from 'yaml';
import { Claim } from './Registry';

const LARGEST = 64 * 1024;

/**
 * What is written to take a name: the registration that the platform's ApplicationSet reads, or, where the backend
 * writes the cluster itself, a record that no ApplicationSet takes for one.
 *
 * @public
 */
export function claimObject(
  spec: MeshedServiceSpec,
  bundle: Bundle,
): KubernetesObject {
  return (
    bundle.objects.find(({ kind }) => kind === kinds.ArgoRegistration.kind) ??
    serviceClaim(spec, spec.delivery.repository)
  );
}

/** A claim that makes Argo CD do nothing: the name is held, and no more. */
function serviceClaim(
  service: ServiceRef & { owner: string },
  repository: string,
): KubernetesObject {
  return {
    ...kinds.ServiceClaim,
    metadata: {
      name: names.argoApplication(service),
      namespace: names.namespace(service),
      annotations: {
        ...ownershipAnnotations(service),
        [annotations.claim]: formatServiceRef(service),
      },
    },
    spec: {
      cluster: service.cluster,
      namespace: service.namespace,
      service: service.name,
      owner: service.owner,
      repository,
    },
  };
}

/** @returns the content of the file once the service is being retired: held, and registered no longer. */
export function withdrawnClaimFile(service: ServiceRef, claim: Claim): string {
  return toYaml(
    serviceClaim({ ...service, owner: claim.owner }, claim.repository),
  );
}

/** @returns the content of the file in the registry. @public */
export function claimFile(spec: MeshedServiceSpec, bundle: Bundle): string {
  return toYaml(claimObject(spec, bundle));
}

/** @throws InputError naming the file when it holds no claim: somebody has edited the registry. @public */
export function parseClaim(text: string, file: string): Claim {
  const value = text.length <= LARGEST ? parse(text) : undefined;
  const metadata = fieldOf(fieldOf(value, 'metadata'), 'annotations');
  const service = fieldOf(metadata, annotations.claim);
  const owner = fieldOf(metadata, annotations.owner);
  const repository = fieldOf(fieldOf(value, 'spec'), 'repository');
  if (
    typeof service === 'string' &&
    typeof owner === 'string' &&
    typeof repository === 'string'
  ) {
    const ref = parseServiceRef(service);
    if (ref && names.registration(ref) === file)
      return { service, owner, repository };
  }
  throw new InputError(
    `${file} in the registry is not a claim on the name that its path stands for; ask the platform team to put it right`,
  );
}

function parse(text: string): unknown {
  try {
    const options = { uniqueKeys: true, logLevel: 'silent' } as const;
    const document = parseDocument(text, options);
    if (document.errors.length > 0) return undefined;
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    // An alias, or nested too deeply for the parser.
    return undefined;
  }
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
