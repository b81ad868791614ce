import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { PolicyDecision } from '@backstage/plugin-permission-common';
import type { ServicePermission } from './ServiceAccess';

/** Whether something of an owner is allowed; what nobody has asked for has no owner. */
export type Allows = (owner: string | undefined) => boolean;

type Remembered = { until: number; allows: Promise<Allows> };

const MOST_REMEMBERED = 10_000;

/**
 * Remembers for a few seconds what the policy says to a user, since each question is an HTTP request to the permission
 * backend, which costs more than everything else about reading a status. The policy's conditions are applied here, to the
 * owner of each service.
 */
export class RememberedDecisions {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly permissions: Pick<
      PermissionsService,
      'authorizeConditional'
    >,
    private readonly apply: (
      decision: PolicyDecision,
      owner: string | undefined,
    ) => boolean,
    private readonly options: { milliseconds: number; now: () => number },
  ) {}

  /** @returns what the policy says now, or has said to this user a few seconds ago. */
  recent(
    permission: ServicePermission,
    credentials: BackstageCredentials,
  ): Promise<Allows> {
    const key = keyOf(permission, credentials);
    if (key === undefined) return this.now(permission, credentials);
    const now = this.options.now();
    const known = this.remembered.get(key);
    if (known && known.until > now) return known.allows;
    const until = Math.min(
      now + this.options.milliseconds,
      credentials.expiresAt?.getTime() ?? Infinity,
    );
    const entry = { until, allows: this.now(permission, credentials) };
    this.remembered.delete(key);
    this.remembered.set(key, entry);
    // An error is an answer to those who wait for it, and to nobody who comes later.
    entry.allows.catch(() => {
      if (this.remembered.get(key) === entry) this.remembered.delete(key);
    });
    this.forgetSome();
    return entry.allows;
  }

  /** @returns what the policy says now. */
  async now(
    permission: ServicePermission,
    credentials: BackstageCredentials,
  ): Promise<Allows> {
    const [decision] = await this.permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    const byOwner = new Map<string | undefined, boolean>();
    return owner => {
      const known = byOwner.get(owner);
      if (known !== undefined) return known;
      const allowed = this.apply(decision, owner);
      byOwner.set(owner, allowed);
      return allowed;
    };
  }

  private forgetSome(): void {
    for (const key of this.remembered.keys()) {
      if (this.remembered.size <= MOST_REMEMBERED) return;
      this.remembered.delete(key);
    }
  }
}

/**
 * The user, who acts for the user, and when the token ends: a new token may carry other groups. About plugins and external
 * programs the permission service decides without asking anybody, so nothing is remembered of them.
 */
function keyOf(
  { name }: ServicePermission,
  { principal, expiresAt }: BackstageCredentials<unknown>,
): string | undefined {
  if (
    typeof principal !== 'object' ||
    principal === null ||
    !('userEntityRef' in principal)
  )
    return undefined;
  const actor = 'actor' in principal ? principal.actor : null;
  return JSON.stringify([
    name,
    principal.userEntityRef,
    actor,
    expiresAt?.getTime() ?? null,
  ]);
}
