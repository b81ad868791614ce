import { leavesOf, podsOf } from './leaves';
import { Check, degraded, ok } from './Check';

/** Every proxy has a certificate, and it has not expired. A proxy whose certificate has expired does not come back by itself. */
export const certificatesHold: Check = {
  code: 'MSC045',
  title: 'Certificates of proxies hold',
  restsOn: ['Pod'],
  evaluate(facts) {
    const leaves = leavesOf(facts);
    if (leaves.length === 0) return undefined;
    const never = leaves.filter(({ state }) => state === 'neverIssued');
    const expired = leaves.filter(({ state }) => state === 'expired');
    if (never.length + expired.length === 0)
      return ok('Every proxy has a certificate that holds.');
    const said = [
      ...(expired.length > 0
        ? [
            `The certificate has expired: ${podsOf(expired)}, first on ${
              expired[0].expiresAt
            }.`,
          ]
        : []),
      ...(never.length > 0
        ? [`The proxy never got a certificate: ${podsOf(never)}.`]
        : []),
    ];
    return degraded(said.join(' '), {
      evidence: [...expired, ...never].flatMap(({ ref }) =>
        ref ? [{ ref }] : [],
      ),
      fix: 'See that the identity service runs and that its issuer chains to the trust roots of the proxies; then restart the workload: an expired certificate is not renewed.',
    });
  },
};
