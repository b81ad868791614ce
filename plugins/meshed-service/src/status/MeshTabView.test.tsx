import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import { now, statuses } from './__fixtures__/statuses';
import { MeshTabView } from './MeshTabView';

describe('MeshTabView', () => {
  it('tells everything about a service: ports, findings, traffic, sources', async () => {
    renderInTestApp(
      <MeshTabView
        status={{ kind: 'ready', value: statuses.enforced }}
        now={now}
      />,
    );

    const rows = within(
      await screen.findByRole('table', { name: 'Ports' }),
    ).getAllByRole('row');
    expect(rows.map(row => row.textContent)).toEqual([
      'PortProtocolVerdictWho may call',
      '8080 grpcgRPCEnforcedServer cart.grpc decides. Only checkout and frontend of namespace shop may call.Server cart/cart.grpc spec.accessPolicy = deny',
    ]);
    expect(
      screen.getByRole('list', { name: 'Checks that hold' }),
    ).toHaveTextContent(
      'OKPods carry the proxyMSC001All 2 pods carry a proxy.Pod cart/cart-7d4b9c6f5d-x2x8q',
    );
    expect(screen.getByRole('region', { name: 'Traffic' })).toHaveTextContent(
      'Traffic secured 100 %100 % of 1,204 requests in the last 10 minutes were secured.From Prometheus, over 10 minutes, 12 s ago.',
    );
    expect(
      within(screen.getByRole('list', { name: 'Sources' }))
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual(
      ['Pod', 'Server', 'AuthorizationPolicy'].map(
        kind =>
          `${kind} in cartcurrent12 s agosnapshot examples/otel-demo/4-observed`,
      ),
    );
  });

  it('says of a source that may not be read what it lacks', async () => {
    renderInTestApp(
      <MeshTabView
        status={{ kind: 'ready', value: statuses.unknown }}
        now={now}
      />,
    );

    expect(
      await screen.findByText('It lacks list servers.policy.linkerd.io.'),
    ).toBeVisible();
    expect(screen.getByRole('list', { name: 'Sources' })).toHaveTextContent(
      /^Server in cartmay not be readcluster eu-1It lacks list servers.policy.linkerd.io.Pod in cartstale since \d\d:\d\d1 h agocluster eu-1$/,
    );
  });

  it('says what is absent when nothing was seen', async () => {
    renderInTestApp(
      <MeshTabView
        status={{
          kind: 'ready',
          value: { ...statuses.declaredOnly, sources: [] },
        }}
        now={now}
      />,
    );

    expect(
      await screen.findByText('Nothing has been seen of its ports yet.'),
    ).toBeVisible();
    expect(screen.getAllByText('No check has reported yet.')).toHaveLength(2);
    expect(screen.getByText(/No source is configured/)).toBeVisible();
  });
});
