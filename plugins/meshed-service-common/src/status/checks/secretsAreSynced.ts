import { names } from '../../model';
import { conditionOf, saying, VaultStaticSecret } from '../kinds';
import { Check, degraded, missing, ok, progressing } from './Check';

const types = ['SecretSynced', 'Healthy', 'Ready'];

/** The Vault Secrets Operator can log in as the service, and has copied every secret that the service asked for. */
export const secretsAreSynced: Check = {
  code: 'MSC029',
  title: 'Secrets are there',
  restsOn: ['VaultAuth', 'VaultStaticSecret'],
  concerns: ({ spec, observation }) =>
    spec
      ? spec.secrets.delivery === 'vso'
      : observation.vaultStaticSecrets.length > 0,
  evaluate({ spec, observation: { vaultAuths, vaultStaticSecrets } }) {
    const here = new Set(
      [...vaultAuths, ...vaultStaticSecrets].map(({ name }) => name),
    );
    const absent = spec
      ? [
          names.vaultAuth(spec),
          ...spec.secrets.paths.map(path => names.secret(spec, path)),
        ].filter(name => !here.has(name))
      : [];
    if (absent.length > 0) {
      return missing(`Not there: ${absent.join(', ')}.`, {
        fix: 'Deliver the manifests of the service: they hold its VaultAuth and VaultStaticSecrets.',
      });
    }
    const refused = vaultAuths.filter(({ valid }) => valid === false);
    if (refused.length > 0) {
      return degraded(
        `Vault Secrets Operator finds VaultAuth ${refused
          .map(({ name }) => name)
          .join(', ')} not valid${saying({ message: refused[0].error })}.`,
        {
          evidence: refused.map(({ ref }) => ({ ref, field: 'status.error' })),
          fix: 'See that the role in Vault is there and names this ServiceAccount.',
        },
      );
    }
    const failed = vaultStaticSecrets.filter(each => failureOf(each));
    if (failed.length > 0) {
      return degraded(
        failed
          .map(
            each =>
              `Secret ${each.name} is not synced${saying(
                failureOf(each) ?? {},
              )}.`,
          )
          .join(' '),
        {
          evidence: failed.map(({ ref }) => ({
            ref,
            field: 'status.conditions',
          })),
          fix: 'See that the secret exists in Vault and that the policy of the role lets it be read.',
        },
      );
    }
    const waiting = vaultStaticSecrets.filter(each => !isSynced(each));
    return waiting.length > 0
      ? progressing(
          `Not synced yet: ${waiting.map(({ name }) => name).join(', ')}.`,
          { evidence: waiting.map(({ ref }) => ({ ref, field: 'status' })) },
        )
      : ok('Every secret is synced.');
  },
};

function failureOf({ conditions }: VaultStaticSecret) {
  return conditions.find(
    ({ type, status }) => types.includes(type) && status === 'False',
  );
}

/** Older operators write no conditions, only that they have copied. */
function isSynced({ conditions, copied }: VaultStaticSecret): boolean {
  return conditionOf(conditions, 'SecretSynced')?.status === 'True' || copied;
}
