import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { ClustersResponse } from '@meshway/plugin-meshed-service-common';
import { screen, within } from '@testing-library/react';
import type { Loadable } from '../loading';
import { now, observedAt, someClusters } from './__fixtures__/fleets';
import { ClustersView } from './ClustersView';

describe('the clusters view', () => {
  const show = (clusters: Loadable<ClustersResponse>, at = now) =>
    renderInTestApp(<ClustersView clusters={clusters} now={at} />);
  const [eu] = someClusters.items;

  it('says of each cluster how whole what is known of it is, the gaps first', async () => {
    show({ kind: 'ready', value: someClusters });

    const cluster = within(await screen.findByTestId('meshway-cluster-eu-1'));
    expect(cluster.getByText('1 of 3 kinds cannot be read')).toBeVisible();
    expect(
      within(cluster.getByRole('list', { name: 'Sources' }))
        .getAllByRole('listitem')
        .map(source => source.textContent),
    ).toEqual([
      'Servermay not be readcluster eu-1It lacks list servers.policy.linkerd.io.',
      expect.stringMatching(
        /^HTTPRoutestale since \d\d:\d\d1 h agocluster eu-1$/,
      ),
      'Podcurrent12 s agocluster eu-1',
    ]);
    expect(cluster.getByRole('list', { name: 'Problems' })).toHaveTextContent(
      'pods.yaml:12 This is no YAML.',
    );
  });

  it('says of a cluster without a source that nothing is looked at', async () => {
    show({ kind: 'ready', value: someClusters });

    expect(await screen.findByTestId('meshway-cluster-us-1')).toHaveTextContent(
      'Not looked atNothing has been observed yetNo source is configured for this cluster',
    );
  });

  it.each([
    ['current while it is', now, 'Current'],
    [
      'what it was when nobody has confirmed it for long',
      new Date(Date.parse(observedAt) + 3_600_000),
      'As it was',
    ],
  ])('is %s', async (_, at, words) => {
    show(
      {
        kind: 'ready',
        value: {
          items: [{ ...eu, problems: [], sources: [eu.sources[0]] }],
        },
      },
      at,
    );

    expect(await screen.findByText(words)).toBeVisible();
  });

  it('says that there is no cluster', async () => {
    show({ kind: 'ready', value: { items: [] } });

    expect(
      await screen.findByText(/This platform has no cluster/),
    ).toBeVisible();
  });

  it('keeps what it has when it could not be refreshed, and says so', async () => {
    show({
      kind: 'ready',
      value: someClusters,
      notRefreshed: new Error('No answer.'),
    });

    expect(
      await screen.findByText('Could not refresh: No answer.'),
    ).toBeVisible();
    expect(screen.getByTestId('meshway-cluster-eu-1')).toBeVisible();
  });

  it('says why it could not be read', async () => {
    show({ kind: 'failed', error: new Error('No answer.'), retry: () => {} });

    expect(await screen.findByRole('alert')).toHaveTextContent('No answer.');
  });
});
