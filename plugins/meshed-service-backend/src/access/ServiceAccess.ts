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
  meshedServiceReadPermission,
  MeshedServiceResource,
} from '@meshway/plugin-meshed-service-common';
import { Allows, RememberedDecisions } from './RememberedDecisions';

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
  private readonly decisions: RememberedDecisions;

  constructor(
    permissions: Pick<PermissionsService, 'authorizeConditional'>,
    rules: PermissionRuleset<MeshedServiceResource>,
    private readonly platformGroup: string,
    remembering: { milliseconds: number; now?: () => number },
  ) {
    const apply = createConditionAuthorizer(rules);
    this.decisions = new RememberedDecisions(
      permissions,
      (decision, owner) =>
        apply(decision, owner === undefined ? undefined : { owner }),
      { now: Date.now, ...remembering },
    );
  }

  /** @returns whether the caller may read, by owner, as the policy says now or said a few seconds ago. */
  reads(credentials: BackstageCredentials): Promise<Allows> {
    return this.decisions.recent(meshedServiceReadPermission, credentials);
  }

  /** @throws NotAllowedError naming whom to ask. */
  async requireRead(
    owner: string | undefined,
    credentials: BackstageCredentials,
  ): Promise<void> {
    this.refuseUnless(
      await this.reads(credentials),
      meshedServiceReadPermission,
      owner,
    );
  }

  /** Asks the policy now: whoever writes needs what is, and not what was. @throws NotAllowedError naming whom to ask. */
  async require(
    permission: ServicePermission,
    owner: string | undefined,
    credentials: BackstageCredentials,
  ): Promise<void> {
    this.refuseUnless(
      await this.decisions.now(permission, credentials),
      permission,
      owner,
    );
  }

  private refuseUnless(
    allows: Allows,
    permission: ServicePermission,
    owner: string | undefined,
  ): void {
    if (allows(owner)) return;
    const whose = owner ? `services of ${owner}` : 'services without an owner';
    const whom = [owner, this.platformGroup].filter(Boolean).join(' or ');
    throw new NotAllowedError(
      `You may not ${verbs[permission.name]} ${whose}. Ask ${whom}.`,
    );
  }
}
