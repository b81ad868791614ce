import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import {
  annotations,
  type MeshStatus,
} from '@meshway/plugin-meshed-service-common';
import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { refusal } from '../api/__testUtils__/refusal';
import { statuses } from '../status/__fixtures__/statuses';
import { create, fill, next, STATUS } from './__testUtils__/fill';

const cart = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'cart',
    annotations: { [annotations.service]: 'local/cart/cart' },
  },
};
const observed = statuses.enforced.traffic as Extract<
  MeshStatus['traffic'],
  { kind: 'observed' }
>;

describe('MeshedServicePhase', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  const says = (status: MeshStatus) =>
    server.use(
      http.get(STATUS, () =>
        HttpResponse.json({ ...status, observedAt: new Date().toISOString() }),
      ),
    );
  const open = (values: Record<string, string>) =>
    fill(
      { plan: { type: 'string', 'ui:field': 'MeshedServicePhase' } },
      values,
      [cart],
    );
  const toEnforce = { service: 'component:default/cart', phase: 'enforce' };

  it('asks for service and phase first', async () => {
    open({ service: 'component:default/cart' });

    expect(await screen.findByTestId('meshway-phase')).toHaveTextContent(
      'Choose a service and a phase, and here stands what would change.',
    );
  });

  it('shows for each port where it stands and what its Server gets, and what needs a restart', async () => {
    says(statuses.audit);
    const created = open({ ...toEnforce, phase: 'observe' });

    expect(
      within(await screen.findByTestId('meshway-phase-ports'))
        .getAllByRole('listitem')
        .map(port => port.textContent),
    ).toEqual([
      'Port 8080 grpc is Audit and its Server gets the access policy all-unauthenticated.',
    ]);
    expect(screen.getByText(/restart the workload afterwards/)).toBeVisible();
    await next();
    await create();
    expect(created).toHaveBeenCalledTimes(1);
  });

  it('names whom enforce would cut off', async () => {
    says({
      ...statuses.audit,
      traffic: { ...observed, wouldBeDenied: ['loadgenerator'] },
    });
    open(toEnforce);

    expect(await screen.findByTestId('meshway-phase-cut')).toHaveTextContent(
      'Enforce would cut off one callerDeclare or mesh them first: loadgenerator.',
    );
  });

  it('takes that nobody was seen for no proof', async () => {
    says(statuses.audit);
    open(toEnforce);

    expect(
      await screen.findByText('Nobody can say whom enforce would cut off'),
    ).toBeVisible();
  });

  it('says that those who were seen are not cut off', async () => {
    says({ ...statuses.audit, traffic: observed });
    open(toEnforce);

    expect(
      await screen.findByText(
        'Of those who were seen, enforce cuts off nobody',
      ),
    ).toBeVisible();
  });

  it('says what it does not know when nothing was seen', async () => {
    says(statuses.declaredOnly);
    open(toEnforce);

    expect(
      await screen.findByText(/Nothing has been seen of its ports yet/),
    ).toHaveTextContent('Its Servers get the access policy deny.');
  });

  it.each([
    [403, 'NotAllowedError', 'meshway-denied', 'Ask the shop.'],
    [503, 'ServiceUnavailableError', 'meshway-failed', 'No answer.'],
  ] as const)(
    'passes on the words of a %s',
    async (code, name, testId, words) => {
      server.use(http.get(STATUS, () => refusal(code, name, words)));
      open(toEnforce);

      expect(await screen.findByTestId(testId)).toHaveTextContent(words);
    },
  );
});
