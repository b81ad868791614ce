import {
  AdmissionBinding,
  AdmissionPolicy,
  PolicySet,
} from './AdmissionPolicy';
import { identityOf } from './AdmissionRequest';
import { selects } from './matching';

/** @returns the parameters to judge by: one evaluation each; `[null]` when the policy takes none. */
export function paramsOf(
  { paramRef }: AdmissionBinding,
  { paramKind }: AdmissionPolicy,
  { params }: PolicySet,
): readonly unknown[] {
  if (!paramRef || !paramKind) return [null];
  const found = params.filter(object => {
    const identity = identityOf(object);
    if (!identity || identity.kind !== paramKind.kind) return false;
    const apiVersion = identity.group
      ? `${identity.group}/${identity.version}`
      : identity.version;
    return (
      apiVersion === paramKind.apiVersion &&
      (paramRef.name === undefined || paramRef.name === identity.name) &&
      (paramRef.namespace === undefined ||
        paramRef.namespace === identity.namespace) &&
      (paramRef.selector === undefined ||
        selects(paramRef.selector, identity.labels))
    );
  });
  if (found.length > 0) return found;
  return paramRef.parameterNotFoundAction === 'Deny' ? ['missing'] : [];
}
