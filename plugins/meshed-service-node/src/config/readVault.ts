import { Pattern } from '@meshway/plugin-meshed-service-common';
import { Secret } from '../http';
import type { VaultAccess, VaultCredentials } from '../vault';
import { file, mount, safeAddress } from './patterns';
import { SettingsReader } from './SettingsReader';

const namespace: Pattern = {
  expression: /^[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_-]+)*\/?$/,
  right: "the path of one of Vault's own namespaces, such as platform",
};
const role: Pattern = {
  expression: /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,126}[A-Za-z0-9_])?$/,
  right: 'the role that the portal logs in as, such as meshway-portal',
};

/** Reads how the portal itself reaches Vault; undefined when it does not. */
export function readVault(
  settings: SettingsReader,
  inRoot: (path: string) => string,
): VaultAccess | undefined {
  if (!settings.has('vault')) return undefined;
  const vault = settings
    .part('vault')
    .only(
      'address',
      'caFile',
      'namespace',
      'token',
      'tokenFile',
      'kubernetesAuth',
    );
  const caFile = vault.text('caFile', file);
  const below = vault.text('namespace', namespace);
  return {
    address: vault.required('address', safeAddress).replace(/\/+$/, ''),
    ...(caFile === undefined ? {} : { caFile: inRoot(caFile) }),
    ...(below === undefined ? {} : { namespace: below }),
    credentials: readCredentials(vault, inRoot),
  };
}

function readCredentials(
  vault: SettingsReader,
  inRoot: (path: string) => string,
): VaultCredentials {
  vault.onlyOne('token', 'tokenFile', 'kubernetesAuth');
  const token = vault.secret('token');
  if (token !== undefined) return { kind: 'token', token: new Secret(token) };
  const tokenFile = vault.text('tokenFile', file);
  if (tokenFile !== undefined)
    return { kind: 'tokenFile', file: inRoot(tokenFile) };
  if (!vault.has('kubernetesAuth'))
    throw vault.problem(
      'tokenFile',
      'is missing; write the file of a token, or how to log in in kubernetesAuth',
    );
  const login = vault.part('kubernetesAuth').only('mount', 'role', 'jwtFile');
  return {
    kind: 'kubernetes',
    mount: login.text('mount', mount) ?? 'kubernetes',
    role: login.required('role', role),
    jwtFile: inRoot(
      login.text('jwtFile', file) ??
        '/var/run/secrets/kubernetes.io/serviceaccount/token',
    ),
  };
}
