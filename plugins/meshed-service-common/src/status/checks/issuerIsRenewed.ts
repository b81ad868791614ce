import type { Instant } from '../../model';
import { Certificate, saying } from '../kinds';
import { Check, degraded, isMeshed, ok, progressing } from './Check';
import { lifePhaseOf } from './lifetime';

/** The certificate that signs those of proxies is renewed in time. Proxies get new ones from it every few hours. */
export const issuerIsRenewed: Check = {
  code: 'MSC020',
  title: 'The issuer of the mesh is renewed in time',
  restsOn: ['Certificate'],
  concerns: isMeshed,
  evaluate({ observation: { mesh }, now }) {
    const { issuer } = mesh;
    if (!issuer) return undefined;
    const { ref, notBefore, notAfter, ready } = issuer;
    if (!notBefore || !notAfter) {
      return ready?.status === 'False'
        ? degraded(`The issuer was never issued${saying(ready)}.`, {
            evidence: [{ ref, field: 'status.conditions' }],
            fix: 'Look at the CertificateRequests of cert-manager: without an issuer no proxy gets a certificate.',
          })
        : progressing('The issuer is not issued yet.', {
            evidence: [{ ref, field: 'status' }],
          });
    }
    const phase = lifePhaseOf({ notBefore, notAfter }, now);
    const evidence = [{ ref, field: 'status.notAfter', value: notAfter }];
    const fix =
      'Look why cert-manager does not renew it. When it has ended, proxies that need a new certificate get none, and mTLS fails.';
    if (phase === 'ended') {
      return degraded(`The issuer ended at ${notAfter}.`, { evidence, fix });
    }
    if (phase === 'ending' || isOverdue(issuer, notBefore, notAfter, now)) {
      return degraded(
        `The issuer ends at ${notAfter} and should have been renewed${saying(
          ready?.status === 'False' ? ready : {},
        )}.`,
        { evidence, fix },
      );
    }
    return ok('The issuer of the mesh is renewed in time.');
  },
};

/** A renewal takes a moment: a twentieth of the lifetime after it was due, nobody is at it any more. */
function isOverdue(
  { renewalTime }: Certificate,
  notBefore: Instant,
  notAfter: Instant,
  now: Instant,
): boolean {
  if (!renewalTime) return false;
  const lifetime = Date.parse(notAfter) - Date.parse(notBefore);
  return Date.parse(now) > Date.parse(renewalTime) + lifetime / 20;
}
