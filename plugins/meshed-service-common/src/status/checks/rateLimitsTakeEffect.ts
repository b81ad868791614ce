import { names } from '../../model';
import { inboundPolicy } from '../../mesh';
import { hasRateLimit } from '../../spec';
import { Check, degraded, missing, ok } from './Check';

/** The rate limits that the service asked for are those in effect. Linkerd takes one per Server: the oldest. */
export const rateLimitsTakeEffect: Check = {
  code: 'MSC033',
  title: 'Rate limits take effect',
  restsOn: ['Pod', 'Server', 'HTTPLocalRateLimitPolicy'],
  concerns: ({ spec }) => spec?.rateLimit !== undefined,
  evaluate({ spec, observation: { pods, index, settings } }) {
    if (!spec?.rateLimit) return undefined;
    const limited = spec.ports.filter(hasRateLimit);
    const [pod] = pods;
    if (limited.length === 0 || !pod) return undefined;
    const found = limited.map(port => ({
      port,
      limit: inboundPolicy(pod, port.port, index, settings).rateLimit,
    }));
    const absent = found.filter(({ limit }) => !limit);
    if (absent.length > 0) {
      return missing(
        `No rate limit is in effect on port ${absent
          .map(({ port }) => port.name)
          .join(', ')}.`,
        {
          fix: 'Deliver the manifests of the service: they hold one HTTPLocalRateLimitPolicy for each port.',
        },
      );
    }
    const { total = null, perClient = null } = spec.rateLimit;
    const other = found.filter(
      ({ port, limit }) =>
        limit?.name !== names.rateLimit(spec, port) ||
        limit.total !== total ||
        limit.identity !== perClient,
    );
    return other.length === 0
      ? ok('The rate limits of the service are in effect.')
      : degraded(
          other
            .map(
              ({ port, limit }) =>
                `On port ${port.name} the limit ${limit?.name} is in effect, which is not the one asked for.`,
            )
            .join(' '),
          {
            evidence: other.flatMap(({ limit }) =>
              limit ? [{ ref: limit.ref, field: 'spec' }] : [],
            ),
            fix: 'Delete the other limit, or deliver the manifests of the service again.',
          },
        );
  },
};
