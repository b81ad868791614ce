import type { MeshedServiceSpec, ServicePort } from '../../spec';
import { authenticationOf, type EffectivePolicy } from '../../mesh';
import { clientsOf, listed } from '../explain';
import type { Evidence } from '../MeshStatus';
import type { Observation } from '../Observation';
import { standingsOfPort } from '../standings';
import { Check, degraded, ok, isDeclared } from './Check';

/** Exactly the declared clients are let in by identity: nobody is forgotten, and nobody is there that was not asked for. */
export const clientsAreAsDeclared: Check = {
  code: 'MSC006',
  title: 'Clients are as declared',
  restsOn: [
    'Pod',
    'ExternalWorkload',
    'Server',
    'AuthorizationPolicy',
    'ServerAuthorization',
    'MeshTLSAuthentication',
    'NetworkAuthentication',
  ],
  concerns: isDeclared,
  evaluate({ spec, observation }) {
    if (!spec) return undefined;
    const differences = spec.ports.flatMap(port =>
      differencesOf(spec, port, observation),
    );
    const judged = spec.ports.some(
      ({ port }) => serverPolicies(observation, port).length > 0,
    );
    if (!judged) return undefined;
    if (differences.length === 0) {
      return ok('Exactly the declared clients are let in by identity.');
    }
    return degraded(differences.map(each => each.message).join(' '), {
      evidence: [...new Set(differences.flatMap(each => each.evidence))],
      fix: 'Change the clients in meshed.service.yaml, or the policies in the cluster, until they agree.',
    });
  },
};

function serverPolicies(
  observation: Observation,
  port: number,
): EffectivePolicy[] {
  return standingsOfPort(observation, port)
    .map(({ policy }) => policy)
    .filter(({ server }) => server.kind === 'server');
}

/** Differences per pod collapse: pods of one service that select the same Server get the same answer. */
function differencesOf(
  spec: MeshedServiceSpec,
  port: ServicePort,
  observation: Observation,
): Array<{ message: string; evidence: Evidence[] }> {
  const wanted = declaredClients(spec, port, observation);
  const found = new Map<string, { message: string; evidence: Evidence[] }>();
  for (const policy of serverPolicies(observation, port.port)) {
    const actual = clientsOf(policy.authorizations, observation.settings);
    const extra = actual.filter(each => !wanted.includes(each));
    const absent = wanted.filter(each => !actual.includes(each));
    const evidence = policy.authorizations.flatMap(({ ref }) =>
      ref ? [{ ref }] : [],
    );
    if (extra.length > 0) {
      const message = `Port ${port.name} lets in ${listed(
        extra,
      )}, which the spec does not name.`;
      found.set(message, { message, evidence });
    }
    if (absent.length > 0) {
      const message = `Port ${port.name} has no policy for ${listed(absent)}.`;
      found.set(message, { message, evidence });
    }
  }
  return [...found.values()];
}

function declaredClients(
  spec: MeshedServiceSpec,
  port: ServicePort,
  { settings }: Observation,
): string[] {
  const clients = port.clients ?? spec.clients;
  const authentication = authenticationOf(
    {
      accounts: clients.flatMap(client =>
        'serviceAccount' in client ? [client] : [],
      ),
      namespaces: clients.flatMap(client =>
        'serviceAccount' in client ? [] : [client.namespace],
      ),
    },
    settings,
  );
  return clientsOf(
    [{ kind: 'authorizationpolicy', name: '', networks: [], authentication }],
    settings,
  );
}
