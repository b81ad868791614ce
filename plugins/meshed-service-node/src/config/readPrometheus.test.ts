import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readMeshedServiceConfig } from './readMeshedServiceConfig';

/** @returns what is said of a section of the configuration that is wrong. */
function refusal(meshedService: JsonObject): string {
  try {
    readMeshedServiceConfig(
      new ConfigReader({
        app: { baseUrl: 'http://localhost:3000' },
        meshedService,
      }),
      { root: '/portal' },
    );
  } catch (error) {
    return String(error);
  }
  return 'nothing was refused';
}

describe('the Prometheus of a cluster', () => {
  it('has a default for everything but its address', () => {
    const { clusters } = readMeshedServiceConfig(
      new ConfigReader({
        app: { baseUrl: 'http://localhost:3000' },
        meshedService: {
          clusters: [
            {
              name: 'eu-1',
              prometheus: {
                url: 'http://prometheus.monitoring.svc:9090',
                labels: { cluster: 'eu-1' },
              },
            },
          ],
        },
      }),
      { root: '/portal' },
    );
    expect(clusters).toEqual([
      {
        name: 'eu-1',
        prometheus: {
          url: 'http://prometheus.monitoring.svc:9090',
          labels: { cluster: 'eu-1' },
          intervalSeconds: 30,
          windowSeconds: 600,
          auditWindowSeconds: 86_400,
        },
      },
    ]);
  });

  it.each<[string, JsonObject, string]>([
    [
      'a token for Prometheus by plain http',
      {
        clusters: [
          { name: 'a', prometheus: { url: 'http://p:9090', token: 'x' } },
        ],
      },
      'InputError: meshedService.clusters[0].prometheus.url: is plain http, which would show the token to everybody on the way; use its https address, or leave the token out',
    ],
    [
      'a window that ends before the next round',
      {
        clusters: [
          {
            name: 'a',
            prometheus: { url: 'http://p:9090', intervalSeconds: 600 },
          },
        ],
      },
      'InputError: meshedService.clusters[0].prometheus.windowSeconds: must be at least twice intervalSeconds (600), or an answer is out of date before the next; it is 600',
    ],
    [
      'a label that no series can carry',
      {
        clusters: [
          {
            name: 'a',
            prometheus: { url: 'http://p:9090', labels: { 'a-b': 'c' } },
          },
        ],
      },
      'InputError: meshedService.clusters[0].prometheus.labels.a-b: is not the name of a label; it has letters, digits and underscores only',
    ],
    [
      'a slip of the pen about Prometheus',
      { clusters: [{ name: 'a', prometheus: { address: 'http://p' } }] },
      'InputError: meshedService.clusters[0].prometheus.address: is not a setting; remove it, or write one of url, caFile, token, tokenFile, labels, intervalSeconds, windowSeconds, auditWindowSeconds',
    ],
  ])('refuses %s', (_, meshedService, message) => {
    expect(refusal(meshedService)).toBe(message);
  });
});
