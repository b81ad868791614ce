import { InputError } from '@backstage/errors';
import { readFile } from 'node:fs/promises';
import {
  Dispatchers,
  HttpAnswer,
  HttpSender,
  isLoopback,
  isPassing,
  Secret,
} from '../http';
import { VaultAccess } from './VaultAccess';
import { VaultUnavailableError } from './errors';

export type VaultRequest = {
  /** As in "writing role pay in Vault". */
  attempted: string;
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/v1`. */
  path: string;
  body?: object;
  /** Whether another attempt may be answered otherwise. */
  mayPass?: (answer: HttpAnswer) => boolean;
  signal?: AbortSignal;
};

export type VaultAnswer = HttpAnswer & { json: unknown };

/** Requests to one Vault, with whatever token is handed in; what the answers mean is for others to say. */
export class VaultConnection {
  private readonly dispatchers = new Dispatchers();
  private readonly base: URL;

  /** @throws InputError when the address is none, holds a credential, or would show the token to others. */
  constructor(
    readonly access: Omit<VaultAccess, 'credentials'>,
    readonly sender: HttpSender,
  ) {
    this.base = addressOf(access.address);
  }

  /** Every request of ours reads, deletes, or writes the whole: sending it twice does no more than once. */
  async send(request: VaultRequest, token?: Secret): Promise<VaultAnswer> {
    const { attempted, method = 'GET', path, body, signal } = request;
    const url = new URL(this.base);
    url.pathname = `${this.base.pathname.replace(/\/+$/, '')}/v1/${path}`;
    const { namespace } = this.access;
    const answer = await this.sender.send({
      attempted,
      method,
      url,
      headers: {
        accept: 'application/json',
        'user-agent': 'meshway',
        'x-vault-request': 'true',
        ...(namespace ? { 'x-vault-namespace': namespace } : {}),
        ...(token ? { 'x-vault-token': token.reveal() } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: body && JSON.stringify(body),
      dispatcher: this.dispatchers.of({ ca: await this.authority() }),
      repeatable: true,
      mayPass: request.mayPass ?? isPassing,
      signal,
    });
    return { ...answer, json: parsed(answer.text) };
  }

  close(): Promise<void> {
    return this.dispatchers.close();
  }

  private async authority(): Promise<string | undefined> {
    const { caFile, address } = this.access;
    if (caFile === undefined) return undefined;
    return readFile(caFile, 'utf8').catch(() => {
      throw new VaultUnavailableError(
        `Vault ${address} cannot be asked: ${caFile} cannot be read. Check meshedService.vault.caFile.`,
      );
    });
  }
}

function addressOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new InputError(
      'meshedService.vault.address: is not an address; write one such as https://vault.example.com:8200',
    );
  if (url.username || url.password)
    throw new InputError(
      'meshedService.vault.address: holds a credential; give it as meshedService.vault.token or tokenFile instead',
    );
  if (url.protocol === 'http:' && !isLoopback(url))
    throw new InputError(
      `meshedService.vault.address: ${url.origin} is plain http, which would show the token to everybody on the way; use its https address`,
    );
  return url;
}

/** @returns undefined for what is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
