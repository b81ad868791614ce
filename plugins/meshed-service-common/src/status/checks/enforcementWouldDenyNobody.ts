import { nameClient } from '../clients';
import { Check, degraded, ok } from './Check';

/** In audit, nobody calls whom enforcement would deny. */
export const enforcementWouldDenyNobody: Check = {
  code: 'MSC043',
  title: 'Enforcement would deny nobody',
  restsOn: ['Pod'],
  evaluate({ spec, observation: { pods, settings }, traffic }) {
    if (traffic?.kind !== 'observed') return undefined;
    const callers = traffic.ports.flatMap(({ port, wouldBeDenied }) =>
      wouldBeDenied.map(
        client => `${nameClient(client, settings)} at port ${port}`,
      ),
    );
    if (callers.length > 0)
      return degraded(`Enforcement would deny ${callers.join('; ')}.`, {
        evidence: pods.map(({ ref }) => ({ ref })),
        fix: 'Declare those who may call as clients; bring those in plaintext into the mesh; then move on to enforce.',
      });
    return spec && spec.phase !== 'audit'
      ? undefined
      : ok('Nobody called whom enforcement would deny.');
  },
};
