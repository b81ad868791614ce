import { Check, ok, share, unknown } from './Check';

/** Every proxy of the service is scraped, so that its traffic is known. What is not known is no bad news, and no good news. */
export const trafficIsMeasured: Check = {
  code: 'MSC040',
  title: 'Traffic is measured',
  restsOn: ['Pod'],
  evaluate({ observation: { pods }, traffic }) {
    if (!traffic) return undefined;
    const fix =
      'Have Prometheus scrape port 4191 of the pods (the PodMonitor of the Linkerd chart), and let it in there where the default policy refuses it.';
    if (traffic.kind === 'noData') return unknown(traffic.because, { fix });
    const { silent } = traffic;
    if (silent.length === 0)
      return ok('Prometheus measures the traffic of every pod.');
    const all = pods.filter(({ proxy }) => proxy).length;
    return unknown(
      `Traffic is not measured: ${share(silent.length, all, 'pod')}. ${
        silent[0].because
      }`,
      {
        evidence: pods
          .filter(({ name }) => silent.some(each => each.pod === name))
          .map(({ ref }) => ({ ref })),
        fix,
      },
    );
  },
};
