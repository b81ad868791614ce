import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import type {
  AuthorizePermissionRequest,
  PolicyDecision,
  QueryPermissionRequest,
} from '@backstage/plugin-permission-common';
import { MeshedServicePolicy } from '@meshway/plugin-permission-backend-module-meshed-service';

/** Who belongs to which teams. */
const teams = {
  ada: ['group:default/shop'],
  eve: ['group:default/payments'],
  zoe: ['group:default/shop', 'group:default/payments'],
  grace: ['group:default/platform'],
};
export type Person = keyof typeof teams;

const people = new Map<string, string[]>(
  Object.entries(teams).map(([name, groups]) => [
    `user:default/${name}`,
    groups,
  ]),
);

/** Ada in the catalog, with what a commit is signed with. The others are not in it. */
export const ada = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'ada', namespace: 'default' },
  spec: {
    memberOf: ['shop'],
    profile: { displayName: 'Ada Lovelace', email: 'ada@acme.example' },
  },
};

export const signedIn = (person: Person): [string, string] => [
  'Authorization',
  mockCredentials.user.header(`user:default/${person}`),
];

const claimsOf = (ref: string) => ({
  userEntityRef: ref,
  ownershipEntityRefs: [ref, ...(people.get(ref) ?? [])],
});

function refOf({ principal }: BackstageCredentials<unknown>): string {
  if (
    typeof principal === 'object' &&
    principal !== null &&
    'userEntityRef' in principal
  )
    return String(principal.userEntityRef);
  throw new Error('Only people are asked for here');
}

const policy = MeshedServicePolicy.create({
  userInfo: {
    getUserInfo: async credentials => claimsOf(refOf(credentials)),
  },
  platformGroup: 'group:default/platform',
});

/** Decides as the policy of the portal does. */
export function decideByPolicy(
  queries: ReadonlyArray<QueryPermissionRequest | AuthorizePermissionRequest>,
  { credentials }: { credentials: BackstageCredentials },
): Promise<PolicyDecision[]> {
  const info = claimsOf(refOf(credentials));
  return Promise.all(
    queries.map(({ permission }) =>
      policy.handle({ permission }, { credentials, info }),
    ),
  );
}
