import { Activation, CelValue, toCel } from '../cel';
import { AdmissionRequest, Identity } from './AdmissionRequest';
import { withDefaults } from './defaults';
import { resourceOf } from './resources';

/** @returns the variables that expressions read, converted once per request. */
export function activationOf(
  request: AdmissionRequest,
  identity: Identity,
): Activation {
  const { operation, user } = request;
  const { group, version, kind, name, namespace } = identity;
  const resource = resourceOf(kind);
  const { value, extent } = toCel([
    withDefaults(request.object ?? null, kind),
    withDefaults(request.oldObject ?? null, kind),
    request.namespaceObject ?? null,
    {
      operation,
      name,
      namespace,
      kind: { group, version, kind },
      resource: { group, version, resource },
      requestKind: { group, version, kind },
      requestResource: { group, version, resource },
      subResource: '',
      requestSubResource: '',
      userInfo: {
        username: user?.username ?? '',
        groups: user?.groups ?? [],
      },
      dryRun: false,
    },
  ]);
  const [object, oldObject, namespaceObject, celRequest] = value as CelValue[]; // a list in, a list out
  return {
    object,
    oldObject,
    namespaceObject,
    request: celRequest,
    params: null,
    variables: null,
    extent,
  };
}

/** @returns the variables with parameters among them; null stands for a policy that takes none. */
export function withParams(
  activation: Activation,
  params: unknown,
): Activation {
  if (params === null) return activation;
  const { value, extent } = toCel(params);
  return {
    ...activation,
    params: value,
    extent: {
      longestList: Math.max(extent.longestList, activation.extent.longestList),
      longestText: Math.max(extent.longestText, activation.extent.longestText),
    },
  };
}
