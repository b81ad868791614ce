import {
  formatServiceRef,
  names,
  ServiceRef,
  VaultRole,
  VaultRoleEvidence,
} from '@meshway/plugin-meshed-service-common';
import { Clock, oneLine, systemClock } from '../http';
import type { Vault } from './Vault';

/**
 * What Vault says of roles. Whoever reads asks nobody.
 *
 * @public
 */
export type VaultRoleSource = {
  /** @returns what is known of the role of a service. Whose role is read is asked about from then on, at first at once. */
  of(service: ServiceRef): VaultRoleEvidence;
  /** Asks now, and waits: what was known may have been changed a moment ago, by ourselves. */
  renew(service: ServiceRef, signal?: AbortSignal): Promise<void>;
  /**
   * @param listener - told when something else is known of a service than before; when it throws, nobody else is harmed.
   * @returns how to stop listening.
   */
  subscribe(listener: (service: ServiceRef) => void): () => void;
  start(): void;
  stop(): void;
};

/** Who is asked, and how often. @public */
export type VaultRolesOptions = {
  vault: Pick<Vault, 'readRole'>;
  /** Mount of the Kubernetes auth method. */
  mount: string;
  clock?: Clock;
};

type Role = {
  readonly service: ServiceRef;
  evidence: VaultRoleEvidence;
  /** When somebody read it last, and when it is asked about again; milliseconds since 1970. */
  wantedAt: number;
  dueAt: number;
  /** Questions in a row after which it was not there. */
  misses: number;
  /** Numbers of the last question, and of the last one that was answered: an earlier answer is out of date. */
  asked: number;
  answered: number;
};

/** One question waits so long for the next: that is all that Vault is asked. */
const PAUSE_MILLISECONDS = 200;
const AGAIN_MILLISECONDS = 60_000;
/** What is not there may be about to be made. */
const MISSING_AGAIN_MILLISECONDS = 2_000;
/** However many services there are, each status is computed more often than that: a role that is not read is nobody's. */
const FORGOTTEN_MILLISECONDS = 2 * 3_600_000;

/**
 * The roles of services in Vault, asked in the background: one question after the other, with a pause between. Which ones
 * follows from whose status is read.
 *
 * @public
 */
export class VaultRoles implements VaultRoleSource {
  private readonly roles = new Map<string, Role>();
  private readonly listeners = new Set<(service: ServiceRef) => void>();
  private readonly clock: Clock;
  private running: AbortController | undefined;
  private resting: AbortController | undefined;

  constructor(private readonly options: VaultRolesOptions) {
    this.clock = options.clock ?? systemClock;
  }

  of(service: ServiceRef): VaultRoleEvidence {
    const role = this.roleOf(service);
    role.wantedAt = this.clock.now();
    return role.evidence;
  }

  async renew(service: ServiceRef, signal?: AbortSignal): Promise<void> {
    await this.ask(this.roleOf(service), signal);
  }

  subscribe(listener: (service: ServiceRef) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {
    if (this.running) return;
    this.running = new AbortController();
    void this.follow(this.running.signal);
  }

  stop(): void {
    this.running?.abort();
    this.running = undefined;
  }

  private roleOf(service: ServiceRef): Role {
    const key = formatServiceRef(service);
    const known = this.roles.get(key);
    if (known) return known;
    const now = this.clock.now();
    const role: Role = {
      service,
      evidence: {
        kind: 'notRead',
        name: names.vaultRole(service),
        because: 'Vault has not been asked yet',
      },
      wantedAt: now,
      dueAt: now,
      misses: 0,
      asked: 0,
      answered: 0,
    };
    this.roles.set(key, role);
    this.resting?.abort();
    return role;
  }

  private async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const next = this.next();
      if (next && next.dueAt <= this.clock.now()) {
        await this.ask(next, signal);
        await this.rest(PAUSE_MILLISECONDS, signal);
      } else {
        this.resting = new AbortController();
        const pause = next ? next.dueAt - this.clock.now() : AGAIN_MILLISECONDS;
        await this.rest(pause, AbortSignal.any([signal, this.resting.signal]));
      }
    }
  }

  /** @returns the role that has to be asked about first. Forgets those that nobody reads any more. */
  private next(): Role | undefined {
    const oldest = this.clock.now() - FORGOTTEN_MILLISECONDS;
    let first: Role | undefined;
    for (const [key, role] of this.roles) {
      if (role.wantedAt < oldest) this.roles.delete(key);
      else if (!first || role.dueAt < first.dueAt) first = role;
    }
    return first;
  }

  private async rest(milliseconds: number, signal: AbortSignal): Promise<void> {
    await this.clock.sleep(milliseconds, signal).catch(() => undefined);
  }

  private async ask(role: Role, signal?: AbortSignal): Promise<void> {
    role.asked += 1;
    const question = role.asked;
    const after = await this.answer(role, signal);
    if (signal?.aborted || question < role.answered) return;
    role.answered = question;
    const before = role.evidence;
    role.evidence = after;
    const isThere = after.kind === 'read' && after.role && !after.staleBecause;
    role.misses = isThere ? 0 : role.misses + 1;
    role.dueAt = this.clock.now() + againAfter(role.misses);
    if (withoutAge(before) !== withoutAge(after)) this.tell(role.service);
  }

  private async answer(
    asked: Role,
    signal?: AbortSignal,
  ): Promise<VaultRoleEvidence> {
    const { service } = asked;
    const { vault, mount } = this.options;
    const name = names.vaultRole(service);
    try {
      const role = await vault.readRole(mount, name, { signal });
      const observedAt = new Date(this.clock.now()).toISOString();
      return { kind: 'read', name, role: role && bindingOf(role), observedAt };
    } catch (error) {
      const because = oneLine(
        error instanceof Error ? error.message : String(error),
      );
      // Another question may have been answered meanwhile.
      const { evidence } = asked;
      return evidence.kind === 'read'
        ? { ...evidence, staleBecause: because }
        : { kind: 'notRead', name, because };
    }
  }

  private tell(service: ServiceRef): void {
    for (const listener of this.listeners) {
      try {
        listener(service);
      } catch {
        // A listener that fails is no reason to keep the news from the others.
      }
    }
  }
}

function againAfter(misses: number): number {
  return misses === 0
    ? AGAIN_MILLISECONDS
    : Math.min(
        MISSING_AGAIN_MILLISECONDS * 2 ** Math.min(misses - 1, 10),
        AGAIN_MILLISECONDS,
      );
}

function bindingOf(role: VaultRole): VaultRole {
  return {
    boundServiceAccountNames: role.boundServiceAccountNames,
    boundServiceAccountNamespaces: role.boundServiceAccountNamespaces,
    audience: role.audience,
    tokenPolicies: role.tokenPolicies,
    aliasNameSource: role.aliasNameSource,
  };
}

function withoutAge(evidence: VaultRoleEvidence): string {
  return JSON.stringify({ ...evidence, observedAt: '' });
}
