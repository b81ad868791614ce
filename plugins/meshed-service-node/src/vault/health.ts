import { HttpAnswer, isPassing } from '../http';
import { VaultUnavailableError } from './errors';
import type { VaultHealth } from './Vault';
import { parsed, VaultAnswer } from './VaultConnection';

/** What each status of `sys/health` says, as long as nobody has asked Vault to use others. */
const meanings: Record<number, Omit<VaultHealth, 'version'>> = {
  200: { initialized: true, sealed: false, standby: false },
  429: { initialized: true, sealed: false, standby: true },
  473: { initialized: true, sealed: false, standby: true },
  501: { initialized: false, sealed: true, standby: true },
  503: { initialized: true, sealed: true, standby: true },
};

/**
 * @returns whether another attempt may be answered otherwise. A standby says 429 of itself and a sealed Vault 503; a limiter of
 * its, or a proxy before it, says the same of nothing but this request.
 */
export function healthMayPass(answer: HttpAnswer): boolean {
  return isPassing(answer) && versionIn(parsed(answer.text)) === undefined;
}

/** @throws VaultUnavailableError when it is no Vault, or one that nobody may write to. */
export function healthFrom(
  { status, json }: Pick<VaultAnswer, 'status' | 'json'>,
  address: string,
): VaultHealth {
  if (status === 472)
    throw new VaultUnavailableError(
      `Vault ${address} is the secondary of a disaster recovery, and answers nobody. Use the address of the primary.`,
    );
  const version = versionIn(json);
  const meaning = Object.hasOwn(meanings, status)
    ? meanings[status]
    : undefined;
  if (version === undefined && isPassing({ status }))
    throw new VaultUnavailableError(
      `What answers at ${address} refuses for now (${status}), and does not say how Vault is. Repeat later; if it stays so, check meshedService.vault.address.`,
    );
  if (!meaning || version === undefined)
    throw new VaultUnavailableError(
      `What answers at ${address} (${status}) does not speak like a Vault. Check meshedService.vault.address.`,
    );
  return { ...meaning, version };
}

function versionIn(json: unknown): string | undefined {
  const { version } = Object(json);
  return typeof version === 'string' ? version : undefined;
}
