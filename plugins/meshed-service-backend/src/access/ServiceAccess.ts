import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  createConditionAuthorizer,
  PermissionRuleset,
} from '@backstage/plugin-permission-node';
import {
  meshedServicePermissions,
  MeshedServiceResource,
} from '@meshway/plugin-meshed-service-common';

/** One of the permissions of this plugin. */
export type ServicePermission = (typeof meshedServicePermissions)[number];

/** What somebody may not do, in words: `may not <verb> services of group:default/payments`. */
const verbs: Record<string, string> = {
  'meshed-service.create': 'ask for',
  'meshed-service.change': 'change',
  'meshed-service.retire': 'retire',
  'meshed-service.read': 'see',
};

/** Asks the policy once, and applies its answer to as many services as needed. */
export class ServiceAccess {
  private readonly apply: ReturnType<
    typeof createConditionAuthorizer<MeshedServiceResource>
  >;

  constructor(
    private readonly permissions: Pick<
      PermissionsService,
      'authorizeConditional'
    >,
    rules: PermissionRuleset<MeshedServiceResource>,
    private readonly platformGroup: string,
  ) {
    this.apply = createConditionAuthorizer(rules);
  }

  /** @returns whether the caller may, by owner; a service that nobody has asked for has none. */
  async decide(
    permission: ServicePermission,
    credentials: BackstageCredentials,
  ): Promise<(owner: string | undefined) => boolean> {
    const [decision] = await this.permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    return owner =>
      this.apply(decision, owner === undefined ? undefined : { owner });
  }

  /** @throws NotAllowedError naming whom to ask. */
  async require(
    permission: ServicePermission,
    owner: string | undefined,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const allows = await this.decide(permission, credentials);
    if (allows(owner)) return;
    const whose = owner ? `services of ${owner}` : 'services without an owner';
    const whom = [owner, this.platformGroup].filter(Boolean).join(' or ');
    throw new NotAllowedError(
      `You may not ${verbs[permission.name]} ${whose}. Ask ${whom}.`,
    );
  }
}
