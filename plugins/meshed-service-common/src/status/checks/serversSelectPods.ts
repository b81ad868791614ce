import { names } from '../../model';
import { portsOf, selectsWorkload } from '../../mesh';
import { serversOfService } from '../serversOfService';
import { Check, degraded, missing, ok } from './Check';

/** Every declared port has its Server, and every Server of the service finds pods and the port that it names. */
export const serversSelectPods: Check = {
  code: 'MSC004',
  title: 'Servers select pods and ports',
  restsOn: ['Pod', 'Server'],
  evaluate({ spec, observation }) {
    const { pods, index } = observation;
    const here = new Set(index.policies.servers.map(({ name }) => name));
    const absent = (spec?.ports ?? []).filter(
      port => spec && !here.has(names.server(spec, port)),
    );
    if (absent.length > 0) {
      return missing(
        `No Server is there for port ${absent
          .map(({ name }) => name)
          .join(', ')}: the default policy of the pods decides about it.`,
        { fix: 'Deliver the manifests of the service: they hold its Servers.' },
      );
    }
    const servers = serversOfService(observation);
    if (servers.length === 0 || pods.length === 0) return undefined;
    const blind = servers.filter(
      server => !pods.some(pod => selectsWorkload(server, pod)),
    );
    const lost = servers.filter(
      server =>
        !blind.includes(server) &&
        !pods.some(
          pod =>
            selectsWorkload(server, pod) && portsOf(server, pod).length > 0,
        ),
    );
    if (blind.length + lost.length === 0) {
      return ok('Every Server selects pods and a port of theirs.');
    }
    return degraded(
      [
        ...blind.map(({ name }) => `Server ${name} selects no pod.`),
        ...lost.map(
          ({ name, port }) =>
            `Server ${name} names port ${port}, which no container has.`,
        ),
      ].join(' '),
      {
        evidence: [
          ...blind.map(({ ref }) => ({ ref, field: 'spec.podSelector' })),
          ...lost.map(({ ref, port }) => ({
            ref,
            field: 'spec.port',
            value: String(port),
          })),
        ],
        fix: 'Give the container port the name that the Server uses; a Server never means a Service port.',
      },
    );
  },
};
