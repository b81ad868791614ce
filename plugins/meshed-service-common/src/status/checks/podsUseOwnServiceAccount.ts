import { names } from '../../model';
import { Check, degraded, ok, share, isDeclared } from './Check';

/** The pods run as the ServiceAccount of the service: it is the name by which other services let it in. */
export const podsUseOwnServiceAccount: Check = {
  code: 'MSC014',
  title: 'Pods use their own ServiceAccount',
  restsOn: ['Pod'],
  concerns: isDeclared,
  evaluate({ spec, observation: { pods } }) {
    if (!spec || pods.length === 0) return undefined;
    const wanted = names.serviceAccount(spec);
    const other = pods.filter(
      ({ serviceAccount }) => serviceAccount !== wanted,
    );
    if (other.length === 0) return ok(`All pods run as ${wanted}.`);
    return degraded(
      `Not running as ServiceAccount ${wanted}, so with another identity: ${share(
        other.length,
        pods.length,
        'pod',
      )}.`,
      {
        evidence: other.map(({ ref, serviceAccount }) => ({
          ref,
          field: 'spec.serviceAccountName',
          value: serviceAccount,
        })),
        fix: `Set serviceAccountName: ${wanted} in the workload.`,
      },
    );
  },
};
