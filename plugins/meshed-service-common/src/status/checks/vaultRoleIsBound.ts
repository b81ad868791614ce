import { names } from '../../model';
import type { MeshedServiceSpec } from '../../spec';
import type { VaultRole } from '../VaultRoleEvidence';
import { Check, degraded, isDeclared, missing, ok, unknown } from './Check';

/** Whoever logs in to Vault by the role of the service is the service: exactly its ServiceAccount, by its uid. */
export const vaultRoleIsBound: Check = {
  code: 'MSC030',
  title: 'The Vault role is bound to this ServiceAccount alone',
  restsOn: [],
  concerns: isDeclared,
  evaluate({ spec, observation: { vaultRole } }) {
    if (!spec || spec.secrets.delivery === 'none' || !vaultRole) {
      return undefined;
    }
    const { name } = vaultRole;
    if (vaultRole.kind === 'notRead') {
      return unknown(`Role ${name} was not read: ${vaultRole.because}.`);
    }
    if (vaultRole.staleBecause) {
      return unknown(
        `Role ${name} was read last at ${vaultRole.observedAt}: ${vaultRole.staleBecause}.`,
      );
    }
    if (!vaultRole.role) {
      return missing(`Vault has no role ${name}.`, {
        fix: 'Verify the service again: the role is written once its namespace is there.',
      });
    }
    const wrong = faultsOf(vaultRole.role, spec);
    return wrong.length === 0
      ? ok(`Role ${name} lets in this ServiceAccount alone.`)
      : degraded(`Role ${name} ${wrong.join(', and ')}.`, {
          fix: 'Apply the service again: it writes the role as a whole. If somebody else owns the role, agree on another name.',
        });
  },
};

function faultsOf(role: VaultRole, spec: MeshedServiceSpec): string[] {
  const only = (list: readonly string[], value: string) =>
    list.length === 1 && list[0] === value;
  const { boundServiceAccountNames: accounts } = role;
  const { boundServiceAccountNamespaces: namespaces } = role;
  const list = (values: readonly string[]) => values.join(', ') || 'nobody';
  return [
    ...(only(accounts, names.serviceAccount(spec))
      ? []
      : [`is bound to ServiceAccount ${list(accounts)}`]),
    ...(only(namespaces, names.namespace(spec))
      ? []
      : [`is bound to namespace ${list(namespaces)}`]),
    ...(role.audience ? [] : ['takes tokens of any audience']),
    ...(role.aliasNameSource === 'serviceaccount_uid'
      ? []
      : [
          'knows accounts by name, so that a new one inherits from its predecessor',
        ]),
  ];
}
