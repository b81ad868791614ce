import { leavesOf, podsOf } from './leaves';
import { Check, degraded, ok } from './Check';

/** Every proxy renews its certificate when 30 % of its lifetime are left. One that does not will expire. */
export const certificatesAreRenewed: Check = {
  code: 'MSC046',
  title: 'Certificates of proxies are renewed in time',
  restsOn: ['Pod'],
  evaluate(facts) {
    const leaves = leavesOf(facts).filter(
      ({ state }) => state === 'valid' || state === 'notRefreshed',
    );
    if (leaves.length === 0) return undefined;
    const overdue = leaves.filter(({ state }) => state === 'notRefreshed');
    if (overdue.length === 0)
      return ok('Every proxy renewed its certificate in time.');
    return degraded(
      `The certificate should have been renewed, and was not: ${podsOf(
        overdue,
      )}. It expires on ${overdue[0].expiresAt}.`,
      {
        evidence: overdue.flatMap(({ ref }) => (ref ? [{ ref }] : [])),
        fix: 'See that the identity service runs and that the proxies reach it. Once expired, a certificate is not renewed without a restart.',
      },
    );
  },
};
