import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { UserInfoService } from '@backstage/backend-plugin-api';
import { decisionFor } from './decisions';

const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * Everyone signed in reads; owners create, change and retire; the platform group may do everything.
 *
 * @public
 */
export class MeshedServicePolicy implements PermissionPolicy {
  private constructor(
    private readonly userInfo: UserInfoService,
    private readonly platformGroup: string,
  ) {}

  /** @param options - `platformGroup`: entity reference in full. */
  static create(options: {
    userInfo: UserInfoService;
    platformGroup: string;
  }): MeshedServicePolicy {
    return new MeshedServicePolicy(options.userInfo, options.platformGroup);
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) return deny;
    const decision = decisionFor(permission);
    if (decision.allow === 'signedIn') return allow;
    const { userEntityRef, ownershipEntityRefs } =
      await this.userInfo.getUserInfo(user.credentials);
    if (ownershipEntityRefs.includes(this.platformGroup)) return allow;
    if (decision.allow === 'platform') return deny;
    const { pluginId, resourceType, rule, params } = decision.of;
    return {
      result: AuthorizeResult.CONDITIONAL,
      pluginId,
      resourceType,
      conditions: {
        rule,
        resourceType,
        params: params({
          entityRef: userEntityRef,
          claims: ownershipEntityRefs,
        }),
      },
    };
  }
}
