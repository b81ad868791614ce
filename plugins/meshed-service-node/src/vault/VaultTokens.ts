import { readFile } from 'node:fs/promises';
import { Secret } from '../http';
import { mountPath } from './address';
import { VaultTokenError } from './errors';
import { errorsOf } from './refusalOf';
import { VaultCredentials } from './VaultAccess';
import { VaultConnection } from './VaultConnection';

/** A login is used for this part of its life, so that no request carries a token that ends on the way. */
const USED_LIFE = 0.8;

/** Gives each request its token. Tokens are kept in memory only. */
export class VaultTokens {
  private login: { token: Secret; until: number } | undefined;

  constructor(
    private readonly connection: VaultConnection,
    private readonly credentials: VaultCredentials,
  ) {}

  async current(signal?: AbortSignal): Promise<Secret> {
    const { credentials } = this;
    switch (credentials.kind) {
      case 'token':
        return credentials.token;
      case 'supplier':
        return credentials.supply();
      case 'tokenFile':
        return read(credentials.file, 'meshedService.vault.tokenFile');
      default:
        return this.loggedIn(credentials, signal);
    }
  }

  /** @returns whether asking again may give a better token than the one that was refused. */
  renew(): boolean {
    const had = this.login !== undefined;
    this.login = undefined;
    return had;
  }

  private async loggedIn(
    { mount, role, jwtFile }: Extract<VaultCredentials, { kind: 'kubernetes' }>,
    signal?: AbortSignal,
  ): Promise<Secret> {
    const { clock } = this.connection.sender;
    if (this.login && clock.now() < this.login.until) return this.login.token;
    const jwt = await read(
      jwtFile,
      'meshedService.vault.kubernetesAuth.jwtFile',
    );
    const { address } = this.connection.access;
    const attempted = `logging in to Vault ${address} as role ${role}`;
    const answer = await this.connection.send({
      attempted,
      method: 'POST',
      path: `auth/${mountPath(mount)}/login`,
      body: { role, jwt: jwt.reveal() },
      signal,
    });
    const { client_token: token, lease_duration: seconds } = Object(
      Object(answer.json).auth,
    );
    if (answer.status !== 200 || typeof token !== 'string')
      throw new VaultTokenError(
        `Vault ${address} did not let the portal log in as role ${JSON.stringify(
          role,
        )} of ${mount} (${answer.status}${errorsOf(
          answer.json,
          jwt,
        )}). Check the role, its ServiceAccount and audience, and meshedService.vault.kubernetesAuth.`,
      );
    this.login = {
      token: new Secret(token),
      until:
        clock.now() +
        (typeof seconds === 'number' ? seconds : 0) * 1000 * USED_LIFE,
    };
    return this.login.token;
  }
}

async function read(file: string, setting: string): Promise<Secret> {
  const text = await readFile(file, 'utf8').catch(() => '');
  if (text.trim() === '')
    throw new VaultTokenError(
      `Vault cannot be asked: ${file} is empty or cannot be read. Check ${setting}.`,
    );
  return new Secret(text.trim());
}
