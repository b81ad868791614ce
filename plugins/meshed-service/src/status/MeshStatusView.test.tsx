import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { rungs } from '@meshway/plugin-meshed-service-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { MeshStatus } from '@meshway/plugin-meshed-service-common';
import type { Loadable } from '../loading';
import { aStatus, now, observedAt, statuses } from './__fixtures__/statuses';
import { MeshStatusView } from './MeshStatusView';
import { presentRung } from './presentVerdict';

const show = (status: Loadable<MeshStatus>) =>
  renderInTestApp(<MeshStatusView status={status} now={now} moreAt="/mesh" />, {
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });

const steps = async () => {
  const ladder = await screen.findByRole('list', { name: /mTLS ladder/ });
  return within(ladder)
    .getAllByRole('listitem')
    .map(step => step.textContent);
};

describe('MeshStatusView', () => {
  it('says that it is loading', async () => {
    show({ kind: 'loading' });

    expect(await screen.findByText('Loading the mesh status')).toHaveAttribute(
      'role',
      'status',
    );
  });

  it('names whom to ask when the status may not be seen', async () => {
    show({ kind: 'denied', whom: 'group:default/shop' });

    expect(
      await screen.findByText('You may not see the mesh status'),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: /shop/ })).toHaveAttribute(
      'href',
      '/catalog/default/group/shop',
    );
  });

  it('says why it could not load, and tries again', async () => {
    const retry = jest.fn();
    show({ kind: 'failed', error: new Error('No answer.'), retry });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Could not load the mesh statusNo answer.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalledTimes(1);
  });

  it('says that a service is neither declared nor seen', async () => {
    show({ kind: 'missing', because: 'No service local/cart/cart.' });

    expect(
      await screen.findByText('Nothing is known about this service'),
    ).toBeVisible();
    expect(screen.getByText('No service local/cart/cart.')).toBeVisible();
  });

  it.each(rungs)('draws the ladder up to %s', async rung => {
    show({ kind: 'ready', value: statuses[rung] });

    const here = rungs.indexOf(rung);
    expect(await steps()).toEqual(
      rungs.map((step, place) => {
        const { label } = presentRung(step);
        if (place === here) return `${label}: stands here`;
        return `${label}: ${place < here ? 'passed' : 'not reached'}`;
      }),
    );
    expect(screen.getByTestId('meshway-verdict')).toHaveTextContent(
      presentRung(rung).label,
    );
  });

  it('draws how far an unknown service could have come', async () => {
    show({ kind: 'ready', value: statuses.unknown });

    expect(await steps()).toEqual(
      rungs.map(
        step =>
          `${presentRung(step).label}: ${
            step === 'enforced' ? 'not reached' : 'possible'
          }`,
      ),
    );
    expect(screen.getByTestId('meshway-verdict')).toHaveTextContent('Unknown');
    expect(screen.getByTestId('meshway-freshness')).toHaveTextContent(
      /^From cluster eu-1, 12 s ago.Server: may not be read. It lacks list servers.policy.linkerd.io.Pod: stale since \d\d:\d\d$/,
    );
  });

  it('shows no rung of a service of which nothing was seen', async () => {
    show({ kind: 'ready', value: statuses.declaredOnly });

    expect(await steps()).toEqual(
      rungs.map(step => `${presentRung(step).label}: not reached`),
    );
    expect(screen.getByTestId('meshway-verdict')).toHaveTextContent(
      'Declared, nothing observed yet',
    );
    expect(screen.getByTestId('meshway-freshness')).toHaveTextContent(
      'From snapshot examples/otel-demo/4-observed, nothing observed yet.',
    );
  });

  it('shows what is wrong with its fix, and leaves out what is well', async () => {
    const [well] = statuses.enforced.findings;
    const [wrong] = statuses.partiallyMeshed.findings;
    show({
      kind: 'ready',
      value: aStatus({ findings: [{ ...well, code: 'MSC002' }, wrong] }),
    });

    const findings = await screen.findByRole('list', { name: 'Findings' });
    expect(findings).toHaveTextContent(
      'DegradedPods carry the proxyMSC0011 of 2 pods runs without a proxy.What to do: Restart the workload: injection happens when a pod is created.',
    );
    expect(findings).not.toHaveTextContent('MSC002');
  });

  it('keeps the old status with the reason why there is no newer one', async () => {
    show({
      kind: 'ready',
      value: statuses.audit,
      notRefreshed: new Error('No answer.'),
    });

    expect(await screen.findByTestId('meshway-freshness')).toHaveTextContent(
      'From snapshot examples/otel-demo/4-observed, 12 s ago.Could not refresh: No answer.',
    );
    expect(screen.getByTestId('meshway-verdict')).toHaveTextContent('Audit');
  });

  describe('when it speaks of the past', () => {
    const later = (seconds: number) =>
      new Date(Date.parse(observedAt) + seconds * 1000);
    const showAt = (seconds: number, readSecondsBefore: number) =>
      renderInTestApp(
        <MeshStatusView
          status={{
            kind: 'ready',
            value: statuses.enforced,
            readAt: later(seconds - readSecondsBefore),
            notRefreshed: new Error('The backend did not answer.'),
          }}
          now={later(seconds)}
        />,
      );

    it('is green as long as it was confirmed just now', async () => {
      showAt(60, 60);

      const verdict = await screen.findByTestId('meshway-verdict');
      expect(verdict).toHaveTextContent('Enforced');
      expect(verdict.firstChild).toHaveAttribute('data-tone', 'good');
      expect(screen.queryByTestId('meshway-stale')).not.toBeInTheDocument();
    });

    it('is green no more when the portal has not answered for a while, and says since when', async () => {
      showAt(120, 100);

      const verdict = await screen.findByTestId('meshway-verdict');
      expect(verdict).toHaveTextContent('Was: Enforced');
      expect(verdict.firstChild).toHaveAttribute('data-tone', 'neutral');
      expect(screen.getByTestId('meshway-stale')).toHaveTextContent(
        /^Stale since \d\d:\d\d \(1 min ago\). The portal has not answered since./,
      );
      expect(document.querySelectorAll('[data-tone="good"]')).toHaveLength(0);
    });

    it('is green no more when it was seen long ago, however often the portal repeats it', async () => {
      showAt(3600, 1);

      expect(await screen.findByTestId('meshway-stale')).toHaveTextContent(
        /\(1 h ago\). What stands here was seen then/,
      );
      expect(document.querySelectorAll('[data-tone="good"]')).toHaveLength(0);
    });
  });
});
