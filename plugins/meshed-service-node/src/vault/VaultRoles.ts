import {
  formatServiceRef,
  names,
  ServiceRef,
  VaultRole,
  VaultRoleEvidence,
} from '@meshway/plugin-meshed-service-common';
import { Clock, oneLine, systemClock } from '../http';
import type { Vault } from './Vault';

/** Whose roles are asked for, of whom, and how often. @public */
export type VaultRolesOptions = {
  vault: Pick<Vault, 'readRole'>;
  /** Mount of the Kubernetes auth method. */
  mount: string;
  /** @returns the services whose roles shall be known, asked again before each round. */
  services(): Promise<readonly ServiceRef[]> | readonly ServiceRef[];
  /** How long one question waits for the next: what Vault is asked at most. */
  pauseMilliseconds?: number;
  /** How long one round waits for the next, at least. */
  roundMilliseconds?: number;
  clock?: Clock;
};

type Known = { evidence: VaultRoleEvidence };

/**
 * The roles of services in Vault, asked in the background: one question after the other, with a pause between. Reading asks
 * nobody.
 *
 * @public
 */
export class VaultRoles {
  private known = new Map<string, Known>();
  private readonly listeners = new Set<(service: ServiceRef) => void>();
  private running: AbortController | undefined;

  constructor(private readonly options: VaultRolesOptions) {}

  /** @returns what is known of the role of a service. */
  of(service: ServiceRef): VaultRoleEvidence {
    return (
      this.known.get(formatServiceRef(service))?.evidence ?? {
        kind: 'notRead',
        name: names.vaultRole(service),
        because: 'Vault has not been asked yet',
      }
    );
  }

  /**
   * @param listener - told when something else is known of a service than before; when it throws, nobody else is harmed.
   * @returns how to stop listening.
   */
  subscribe(listener: (service: ServiceRef) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Begins to ask, until `stop`. */
  start(): void {
    if (this.running) return;
    this.running = new AbortController();
    void this.rounds(this.running.signal);
  }

  stop(): void {
    this.running?.abort();
    this.running = undefined;
  }

  /** Asks for every service once. What nobody asks for any more is forgotten. */
  async round(signal?: AbortSignal): Promise<void> {
    const { clock = systemClock, pauseMilliseconds = 200 } = this.options;
    const services = await this.options.services();
    const keys = new Set(services.map(formatServiceRef));
    for (const key of [...this.known.keys()]) {
      if (!keys.has(key)) this.known.delete(key);
    }
    for (const service of services) {
      if (signal?.aborted) return;
      this.learn(service, await this.ask(service, signal));
      await clock.sleep(pauseMilliseconds, signal);
    }
  }

  private async rounds(signal: AbortSignal): Promise<void> {
    const { clock = systemClock, roundMilliseconds = 60_000 } = this.options;
    while (!signal.aborted) {
      try {
        await this.round(signal);
      } catch {
        // What was known stays; the next round asks again.
      }
      await clock.sleep(roundMilliseconds, signal).catch(() => undefined);
    }
  }

  private async ask(
    service: ServiceRef,
    signal?: AbortSignal,
  ): Promise<VaultRoleEvidence> {
    const { vault, mount, clock = systemClock } = this.options;
    const name = names.vaultRole(service);
    try {
      const role = await vault.readRole(mount, name, { signal });
      const observedAt = new Date(clock.now()).toISOString();
      return { kind: 'read', name, role: role && bindingOf(role), observedAt };
    } catch (error) {
      const because = oneLine(
        error instanceof Error ? error.message : String(error),
      );
      const before = this.of(service);
      return before.kind === 'read'
        ? { ...before, staleBecause: because }
        : { kind: 'notRead', name, because };
    }
  }

  private learn(service: ServiceRef, evidence: VaultRoleEvidence): void {
    const key = formatServiceRef(service);
    const before = this.known.get(key)?.evidence;
    this.known.set(key, { evidence });
    if (before && withoutAge(before) === withoutAge(evidence)) return;
    for (const listener of this.listeners) {
      try {
        listener(service);
      } catch {
        // A listener that fails is no reason to keep the news from the others.
      }
    }
  }
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
