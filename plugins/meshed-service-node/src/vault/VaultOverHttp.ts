import { HttpAnswer, HttpSender } from '../http';
import { mountPath, nameInPath } from './address';
import { VaultMountError } from './errors';
import { healthFrom, healthMayPass } from './health';
import { roleFromVault, roleToVault } from './kubernetesAuthRole';
import { errorsOf, refusalOf } from './refusalOf';
import type {
  KubernetesAuthRole,
  Vault,
  VaultHealth,
  VaultOptions,
} from './Vault';
import { VaultAccess } from './VaultAccess';
import { VaultAnswer, VaultConnection, VaultRequest } from './VaultConnection';
import { VaultTokens } from './VaultTokens';

/**
 * The port to Vault and OpenBao, by their HTTP API. Nothing is asked before the first call.
 *
 * @public
 */
export class VaultOverHttp implements Vault {
  private readonly connection: VaultConnection;
  private readonly tokens: VaultTokens;

  constructor(access: VaultAccess, sender: HttpSender = new HttpSender()) {
    this.connection = new VaultConnection(access, sender);
    this.tokens = new VaultTokens(this.connection, access.credentials);
  }

  get address(): string {
    return this.connection.access.address;
  }

  async health({ signal }: VaultOptions = {}): Promise<VaultHealth> {
    const answer = await this.connection.send({
      attempted: `asking Vault ${this.address} how it is`,
      path: 'sys/health',
      mayPass: healthMayPass,
      signal,
    });
    return healthFrom(answer, this.address);
  }

  async readRole(
    mount: string,
    name: string,
    options: VaultOptions = {},
  ): Promise<KubernetesAuthRole | undefined> {
    const answer = await this.send({
      attempted: `reading role ${name} of ${mount} in Vault`,
      path: rolePath(mount, name),
      ...options,
    });
    return answer && roleFromVault(answer.json);
  }

  async writeRole(
    mount: string,
    name: string,
    role: KubernetesAuthRole,
    options: VaultOptions = {},
  ): Promise<void> {
    await this.send({
      attempted: `writing role ${name} of ${mount} in Vault`,
      method: 'POST',
      path: rolePath(mount, name),
      body: roleToVault(role),
      ...options,
    });
  }

  async deleteRole(
    mount: string,
    name: string,
    options: VaultOptions = {},
  ): Promise<void> {
    await this.send({
      attempted: `deleting role ${name} of ${mount} in Vault`,
      method: 'DELETE',
      path: rolePath(mount, name),
      ...options,
    });
  }

  async readPolicy(
    name: string,
    options: VaultOptions = {},
  ): Promise<string | undefined> {
    const answer = await this.send({
      attempted: `reading policy ${name} in Vault`,
      path: policyPath(name),
      ...options,
    });
    const { policy } = Object(Object(answer?.json).data);
    return typeof policy === 'string' ? policy : undefined;
  }

  async writePolicy(
    name: string,
    hcl: string,
    options: VaultOptions = {},
  ): Promise<void> {
    await this.send({
      attempted: `writing policy ${name} in Vault`,
      method: 'PUT',
      path: policyPath(name),
      body: { policy: hcl },
      ...options,
    });
  }

  async deletePolicy(name: string, options: VaultOptions = {}): Promise<void> {
    await this.send({
      attempted: `deleting policy ${name} in Vault`,
      method: 'DELETE',
      path: policyPath(name),
      ...options,
    });
  }

  async capabilities(
    paths: readonly string[],
    options: VaultOptions = {},
  ): Promise<Record<string, readonly string[]>> {
    if (paths.length === 0) return {};
    const answer = await this.send({
      attempted: `asking Vault ${this.address} what the token may do`,
      method: 'POST',
      path: 'sys/capabilities-self',
      body: { paths },
      ...options,
    });
    const found = Object(Object(answer?.json).data);
    return Object.fromEntries(
      paths.map(path => {
        const capabilities: unknown = found[path];
        return [path, Array.isArray(capabilities) ? capabilities.sort() : []];
      }),
    );
  }

  /** Lets go of all connections. */
  close(): Promise<void> {
    return this.connection.close();
  }

  /** @returns the answer, or undefined where nothing is. */
  private async send(request: VaultRequest): Promise<VaultAnswer | undefined> {
    const send = async () =>
      this.connection.send(request, await this.tokens.current(request.signal));
    let answer = await send();
    if (answer.status === 403 && this.tokens.renew()) answer = await send();
    if (isSuccess(answer)) return answer;
    const attempt = {
      attempted: request.attempted,
      address: this.address,
      path: request.path,
      method: request.method ?? 'GET',
    };
    const refusal = refusalOf(
      answer,
      attempt,
      answer.status !== 403 || (await this.tokenIsGood(request, answer)),
    );
    if (answer.status === 404 && !(refusal instanceof VaultMountError))
      return undefined;
    throw refusal;
  }

  /** Newer Vaults say that a token is none; with others it is asked about itself, which every token may be. */
  private async tokenIsGood(
    { signal }: VaultRequest,
    { json }: VaultAnswer,
  ): Promise<boolean> {
    if (/invalid token|bad token/.test(errorsOf(json))) return false;
    const { status } = await this.connection.send(
      {
        attempted: `asking Vault ${this.address} about the token`,
        path: 'auth/token/lookup-self',
        signal,
      },
      await this.tokens.current(signal),
    );
    return status !== 403;
  }
}

function rolePath(mount: string, name: string): string {
  return `auth/${mountPath(mount)}/role/${nameInPath('role', name)}`;
}

function policyPath(name: string): string {
  return `sys/policies/acl/${nameInPath('policy', name)}`;
}

function isSuccess({ status }: Pick<HttpAnswer, 'status'>): boolean {
  return status >= 200 && status < 300;
}
