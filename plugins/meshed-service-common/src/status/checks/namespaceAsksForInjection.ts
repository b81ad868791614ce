import { annotations } from '../../model';
import { Check, degraded, ok, isDeclared } from './Check';

/** New pods will be meshed, too: the namespace of the service asks for injection. */
export const namespaceAsksForInjection: Check = {
  code: 'MSC016',
  title: 'The namespace asks for injection',
  restsOn: ['Namespace'],
  concerns: isDeclared,
  evaluate({ spec, observation: { namespace } }) {
    // Who did not ask for a mesh may inject pod by pod.
    if (!spec || !namespace) return undefined;
    if (namespace.inject === 'enabled' || namespace.inject === 'ingress') {
      return ok('The namespace asks for injection.');
    }
    return degraded(
      'The namespace does not ask for injection: new pods will run without a proxy.',
      {
        evidence: [
          {
            ref: namespace.ref,
            field: `metadata.annotations["${annotations.linkerdInject}"]`,
            ...(namespace.inject ? { value: namespace.inject } : {}),
          },
        ],
        fix: `Set the annotation ${annotations.linkerdInject}: enabled on the namespace, then restart the workload.`,
      },
    );
  },
};
