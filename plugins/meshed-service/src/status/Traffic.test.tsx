import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { TrafficSummary } from '@meshway/plugin-meshed-service-common';
import { screen, within } from '@testing-library/react';
import { now, observedAt } from './__fixtures__/statuses';
import { Traffic } from './Traffic';

const seen = {
  windowSeconds: 600,
  observedAt,
  source: 'Prometheus',
  unseen: [],
};
const observed = (
  differences: Partial<Extract<TrafficSummary, { kind: 'observed' }>> = {},
): TrafficSummary => ({
  kind: 'observed',
  securedShare: 1,
  requests: 1204,
  connections: 0,
  plaintextFrom: [],
  unauthenticated: [],
  wouldBeDenied: [],
  denied: [],
  ...seen,
  ...differences,
});

describe('Traffic', () => {
  const show = (traffic: TrafficSummary) =>
    renderInTestApp(<Traffic traffic={traffic} now={now} />);
  const groups = async () => {
    const traffic = within(await screen.findByTestId('meshway-traffic'));
    return Object.fromEntries(
      traffic.queryAllByRole('list').map(list => [
        list.getAttribute('aria-label'),
        within(list)
          .getAllByRole('listitem')
          .map(name => name.textContent),
      ]),
    );
  };

  it('draws the secured share, and says over which window, from where and how long ago', async () => {
    show(observed());

    expect(
      await screen.findByRole('img', { name: '100 % secured' }),
    ).toBeVisible();
    expect(screen.getByTestId('meshway-traffic')).toHaveTextContent(
      'From Prometheus, over 10 minutes, 12 s ago.',
    );
    expect(await groups()).toEqual({});
  });

  it('never draws all when it was not all', async () => {
    show(observed({ securedShare: 0.99999 }));

    expect(
      await screen.findByRole('img', { name: '99.9 % secured' }),
    ).toHaveTextContent('not secured');
  });

  it('names who came in plaintext, without identity, who would be denied and who was, each apart', async () => {
    show(
      observed({
        securedShare: 0.5,
        plaintextFrom: ['clients in plaintext, to port 8080'],
        unauthenticated: ['proxies without a certificate'],
        wouldBeDenied: ['loadgenerator of loadgenerator'],
        denied: ['payments of payments', 'clients in plaintext'],
      }),
    );

    expect(await groups()).toEqual({
      'In plaintext': ['clients in plaintext, to port 8080'],
      'In TLS that proves no mesh identity': ['proxies without a certificate'],
      'Would be denied when enforced': ['loadgenerator of loadgenerator'],
      Denied: ['payments of payments', 'clients in plaintext'],
    });
  });

  it('tells no traffic from no data', async () => {
    show({
      kind: 'noTraffic',
      ...seen,
      unseen: ['Port 9090 goes around the proxy.'],
    });

    expect(await screen.findByText('No traffic')).toBeVisible();
    expect(await groups()).toEqual({
      'Not seen': ['Port 9090 goes around the proxy.'],
    });
  });

  it('says why there is no data', async () => {
    show({ kind: 'noData', because: 'No Prometheus is configured.' });

    expect(await screen.findByText('No data')).toBeVisible();
    expect(screen.getByTestId('meshway-traffic')).toHaveTextContent(
      'No Prometheus is configured.',
    );
    expect(screen.queryByRole('img', { name: /secured/ })).toBeNull();
  });

  it('says why an old answer is the newest', async () => {
    show(observed({ outdated: 'Prometheus did not answer.' }));

    expect(await screen.findByTestId('meshway-traffic')).toHaveTextContent(
      'There is nothing newer: Prometheus did not answer.',
    );
  });
});
