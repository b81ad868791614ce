import { Check, degraded, isDeclared, ok } from './Check';
import { differencesFrom } from '../drift';

/**
 * What stands in the cluster is what the service was rendered to, as far as it can change an answer.
 *
 * @public
 */
export const liveObjectsFollowBundle: Check = {
  code: 'MSC031',
  title: 'The cluster has what was rendered',
  restsOn: [
    'Namespace',
    'Server',
    'AuthorizationPolicy',
    'MeshTLSAuthentication',
    'NetworkAuthentication',
    'HTTPRoute',
    'GRPCRoute',
    'HTTPLocalRateLimitPolicy',
    'EgressNetwork',
    'NetworkPolicy',
    'ServiceAccount',
    'VaultAuth',
    'VaultStaticSecret',
  ],
  concerns: facts => isDeclared(facts) && Boolean(facts.observation.bundle),
  evaluate({ observation }) {
    const { bundle = [] } = observation;
    const { absent, changed } = differencesFrom(bundle, observation);
    if (absent.length + changed.length === 0) {
      return ok('The cluster has what was rendered.');
    }
    const listed = [
      ...absent.map(ref => `${ref.kind} ${ref.name} is not there.`),
      ...changed.map(
        ({ ref, fields }) =>
          `${ref.kind} ${ref.name} differs in ${fields.join(', ')}.`,
      ),
    ];
    return degraded(listed.join(' '), {
      evidence: [
        ...absent.map(ref => ({ ref })),
        ...changed.map(({ ref, fields }) => ({ ref, field: fields[0] })),
      ],
      fix: 'Deliver the manifests of the service again, or change its spec to what the cluster has.',
    });
  },
};
