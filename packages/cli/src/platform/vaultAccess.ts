import { Secret, VaultAccess } from '@meshway/plugin-meshed-service-node';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { PortalConfig } from '../input';
import { UnreadableError } from '../UnreadableError';

/**
 * Chooses as Vault's own command line does: VAULT_ADDR, VAULT_CACERT and VAULT_NAMESPACE, and where they are not set what the
 * portal's configuration says. The token is that of `--vault-token-file`, of VAULT_TOKEN, or of `~/.vault-token`, where
 * `vault login` leaves it; never that of the portal, and never one on the command line, which every user of the machine sees.
 *
 * @returns undefined where no Vault is named: services without secrets do without.
 */
export function vaultAccess(
  { vaultTokenFile }: { vaultTokenFile?: string },
  env: NodeJS.ProcessEnv,
  configured: PortalConfig['vault'] = {},
): VaultAccess | undefined {
  const address = env.VAULT_ADDR || configured.address;
  if (!address) return undefined;
  const caFile = env.VAULT_CACERT || configured.caFile;
  const namespace = env.VAULT_NAMESPACE || configured.namespace;
  return {
    address: address.replace(/\/+$/, ''),
    ...(caFile ? { caFile: path.resolve(caFile) } : {}),
    ...(namespace ? { namespace } : {}),
    credentials: {
      kind: 'supplier',
      supply: () => readToken(vaultTokenFile, env),
    },
  };
}

async function readToken(
  file: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<Secret> {
  if (file !== undefined) {
    const text = await readFile(file, 'utf8').catch(error => {
      throw new UnreadableError(
        `--vault-token-file: ${file} cannot be read (${
          error?.code ?? 'no reason given'
        })`,
      );
    });
    return asToken(text, `--vault-token-file: ${file}`);
  }
  if (env.VAULT_TOKEN) return asToken(env.VAULT_TOKEN, 'VAULT_TOKEN');
  const usual = path.join(homedir(), '.vault-token');
  const text = await readFile(usual, 'utf8').catch(() => '');
  if (text.trim() === '')
    throw new UnreadableError(
      'Vault needs a token: set VAULT_TOKEN, name a file with --vault-token-file, or run `vault login`',
    );
  return asToken(text, usual);
}

function asToken(text: string, place: string): Secret {
  const token = text.trim();
  if (!/^[\x21-\x7e]{1,8192}$/.test(token))
    throw new UnreadableError(
      `${place} is no token; it is empty, has spaces or line breaks inside, or characters that no token has`,
    );
  return new Secret(token);
}
