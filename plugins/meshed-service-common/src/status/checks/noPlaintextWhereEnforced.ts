import type { PortTraffic } from '../../traffic';
import { isPlaintext, plaintextInto } from '../clients';
import { standingOfPort, standingsOfPort } from '../standings';
import { verdictOf } from '../Standing';
import { Check, degraded, Facts, ok } from './Check';

/** Where only identities should come in, no plaintext does. */
export const noPlaintextWhereEnforced: Check = {
  code: 'MSC041',
  title: 'No plaintext comes in where it should be refused',
  restsOn: ['Pod'],
  evaluate(facts) {
    const { observation, traffic } = facts;
    if (traffic?.kind !== 'observed') return undefined;
    const open = traffic.ports.filter(
      port => port.admitted.some(isPlaintext) && shouldBeEnforced(port, facts),
    );
    if (open.length === 0)
      return ok('No plaintext came in where it should be refused.');
    const into = open.flatMap(each =>
      plaintextInto(each, observation.settings),
    );
    return degraded(`Plaintext came in: ${into.join('; ')}.`, {
      evidence: observation.pods
        .filter(({ proxy }) => proxy)
        .map(({ ref }) => ({ ref })),
      fix: 'Look at what let it in. If nothing should have, restart the workload: its proxies may be under an older policy.',
    });
  },
};

function shouldBeEnforced(
  { port }: PortTraffic,
  { spec, observation }: Facts,
): boolean {
  if (spec?.phase === 'enforce') return true;
  const verdict = verdictOf(
    standingOfPort(observation, standingsOfPort(observation, port)),
  );
  return verdict.kind === 'known' && verdict.rung === 'enforced';
}
