import { kinds, names, type KubernetesObject } from '../model';
import type { MeshedServiceSpec } from '../spec';
import { ownedMetadata } from './metadata';

const rbac = 'rbac.authorization.k8s.io';

/** Gives the owner its role. The cluster's authentication has to put the entity reference into the user or its groups. */
export function renderRoleBinding(spec: MeshedServiceSpec): KubernetesObject {
  return {
    ...kinds.RoleBinding,
    metadata: ownedMetadata(spec, names.ownerRole(spec)),
    roleRef: {
      apiGroup: rbac,
      kind: kinds.Role.kind,
      name: names.ownerRole(spec),
    },
    subjects: [
      {
        apiGroup: rbac,
        kind: spec.owner.startsWith('user:') ? 'User' : 'Group',
        name: spec.owner,
      },
    ],
  };
}
