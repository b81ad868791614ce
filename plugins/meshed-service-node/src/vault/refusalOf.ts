import { HttpAnswer, oneLine, Secret, sentence, whenToRepeat } from '../http';
import {
  VaultMountError,
  VaultPermissionError,
  VaultRefusedError,
  VaultSealedError,
  VaultTokenError,
  VaultUnavailableError,
} from './errors';

/** What an attempt was, as far as errors speak of it. */
export type VaultAttempt = {
  attempted: string;
  address: string;
  path: string;
  method: string;
};

/** What else of an answer is read. */
type Said = Partial<Pick<HttpAnswer, 'headers' | 'receivedAt'>> & {
  json: unknown;
};

/**
 * @param tokenIsGood - whether Vault knows the token: a refusal looks the same for a token that has expired.
 * @returns what an answer that is no success means, and what to do.
 */
export function refusalOf(
  answer: Pick<HttpAnswer, 'status'> & Said,
  { attempted, address, path, method }: VaultAttempt,
  tokenIsGood = true,
): Error {
  const said = errorsOf(answer.json);
  const say = (reason: string) => `${sentence(attempted)} ${sentence(reason)}`;
  if (/no handler for route|unsupported path|unsupported operation/.test(said))
    return new VaultMountError(
      say(
        `Vault ${address} has no Kubernetes auth method at ${mountOf(
          path,
        )}. Enable it there, or put meshedService.platform.vault.authMount right`,
      ),
    );
  if (answer.status === 403 && !tokenIsGood)
    return new VaultTokenError(
      say(
        `Vault ${address} does not accept the token: it is wrong, or has expired. Renew it under meshedService.vault`,
      ),
    );
  if (answer.status === 403) {
    const capabilities = capabilitiesFor[method] ?? [];
    return new VaultPermissionError(
      say(
        `The token may not ${capabilities.join(
          ' or ',
        )} ${path} in Vault ${address}, or not with these values. The policy in infra/vault grants what Meshway needs`,
      ),
      { path, capabilities },
    );
  }
  if (answer.status === 503 && /sealed/.test(said))
    return new VaultSealedError(
      say(
        `Vault ${address} is sealed. Somebody has to unseal it; repeat it then`,
      ),
    );
  if (answer.status === 501)
    return new VaultUnavailableError(
      say(`Vault ${address} is not initialized. Somebody has to set it up`),
    );
  if (answer.status >= 300 && answer.status < 400)
    return new VaultUnavailableError(
      say(
        `Vault ${address} is a standby that sends its clients elsewhere. Use the address of the active one`,
      ),
    );
  if (answer.status === 400 || answer.status === 422)
    return new VaultRefusedError(
      say(`Vault ${address} finds it malformed${said}`),
    );
  return new VaultUnavailableError(
    say(
      `Vault ${address} could not do it just now (${
        answer.status
      }${said}). Repeat it ${whenToRepeat(
        answer,
      )}; what is done already is found again`,
    ),
  );
}

/** @returns what Vault said, after a colon; without the credential that it was sent. */
export function errorsOf(json: unknown, sent?: Secret): string {
  const { errors } = Object(json);
  const texts = (Array.isArray(errors) ? errors : []).filter(
    (each): each is string => typeof each === 'string',
  );
  if (texts.length === 0) return '';
  const text = oneLine(texts.join('; '), 300);
  return `: ${sent ? text.split(sent.reveal()).join('…') : text}`;
}

const capabilitiesFor: Record<string, readonly string[]> = {
  GET: ['read'],
  POST: ['create', 'update'],
  PUT: ['create', 'update'],
  DELETE: ['delete'],
};

/** `auth/kubernetes/eu-1/role/pay` is a role of `kubernetes/eu-1`. */
function mountOf(path: string): string {
  return path.replace(/^auth\//, '').replace(/\/(?:role\/[^/]*|login)$/, '');
}
