import { annotations } from '../../model';
import { Check, degraded, ok } from './Check';

/** Nothing of the service asks to be left out of the mesh. */
export const nothingOptsOut: Check = {
  code: 'MSC023',
  title: 'Nothing opts out of the mesh',
  restsOn: ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet'],
  evaluate({ observation: { pods, workloads } }) {
    const templates = workloads.filter(({ template }) => template);
    if (pods.length + templates.length === 0) return undefined;
    const field = `metadata.annotations["${annotations.linkerdInject}"]`;
    const out = templates.filter(
      ({ template }) => template?.inject === 'disabled',
    );
    const bare = pods.filter(
      ({ inject, proxy }) => inject === 'disabled' && !proxy,
    );
    if (out.length + bare.length === 0) return ok('Nothing opts out.');
    return degraded(
      out.length > 0
        ? `${out
            .map(({ kind, name }) => `${kind} ${name}`)
            .join(', ')} asks for pods without a proxy.`
        : 'Pods of the service asked for no proxy.',
      {
        evidence: [
          ...out.map(({ ref }) => ({ ref, field: `spec.template.${field}` })),
          ...bare.map(({ ref }) => ({ ref, field })),
        ],
        fix: `Remove the annotation ${annotations.linkerdInject}: disabled from the pod template.`,
      },
    );
  },
};
