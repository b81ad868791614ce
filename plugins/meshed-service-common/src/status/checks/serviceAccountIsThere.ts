import { names } from '../../model';
import { Check, isDeclared, missing, ok } from './Check';

/** The ServiceAccount of the service exists: without it no pod starts, and nobody can log in to Vault. */
export const serviceAccountIsThere: Check = {
  code: 'MSC034',
  title: 'The ServiceAccount is there',
  restsOn: ['ServiceAccount'],
  concerns: isDeclared,
  evaluate({ spec, observation: { serviceAccounts, service } }) {
    if (!spec) return undefined;
    const wanted = names.serviceAccount(spec);
    return serviceAccounts.some(({ name }) => name === wanted)
      ? ok(`ServiceAccount ${wanted} is there.`)
      : missing(
          `ServiceAccount ${wanted} is not there in namespace ${service.namespace}.`,
          {
            fix: 'Deliver the manifests of the service: they hold its ServiceAccount.',
          },
        );
  },
};
