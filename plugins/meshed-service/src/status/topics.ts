import type { Finding } from '@meshway/plugin-meshed-service-common';

/** Checks of who a proxy is and whom it believes: identity, certificates, trust roots. */
const trust = new Set([
  ...['MSC013', 'MSC015', 'MSC018', 'MSC019', 'MSC020', 'MSC021', 'MSC026'],
  ...['MSC045', 'MSC046'],
]);

/** @returns the findings by what they are about; each stands in one of the two. */
export function byTopic(findings: readonly Finding[]): {
  trust: Finding[];
  others: Finding[];
} {
  return {
    trust: findings.filter(({ code }) => trust.has(code)),
    others: findings.filter(({ code }) => !trust.has(code)),
  };
}
