import type { VaultHealth } from './Vault';
import { VaultUnavailableError } from './errors';
import { VaultAnswer } from './VaultConnection';

/** What each status of `sys/health` says, as long as nobody has asked Vault to use others. */
const meanings: Record<number, Omit<VaultHealth, 'version'>> = {
  200: { initialized: true, sealed: false, standby: false },
  429: { initialized: true, sealed: false, standby: true },
  473: { initialized: true, sealed: false, standby: true },
  501: { initialized: false, sealed: true, standby: true },
  503: { initialized: true, sealed: true, standby: true },
};

/** @throws VaultUnavailableError when it is no Vault, or one that nobody may write to. */
export function healthFrom(
  { status, json }: Pick<VaultAnswer, 'status' | 'json'>,
  address: string,
): VaultHealth {
  if (status === 472)
    throw new VaultUnavailableError(
      `Vault ${address} is the secondary of a disaster recovery, and answers nobody. Use the address of the primary.`,
    );
  const { version } = Object(json);
  const meaning = Object.hasOwn(meanings, status)
    ? meanings[status]
    : undefined;
  if (!meaning || typeof version !== 'string')
    throw new VaultUnavailableError(
      `What answers at ${address} (${status}) does not speak like a Vault. Check meshedService.vault.address.`,
    );
  return { ...meaning, version };
}
