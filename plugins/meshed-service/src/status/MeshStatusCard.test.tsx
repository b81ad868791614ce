import {
  mockApis,
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { annotations } from '@meshway/plugin-meshed-service-common';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { refusal } from '../api/__testUtils__/refusal';
import { meshedServiceApiRef, MeshedServiceClient } from '../api';
import { statuses } from './__fixtures__/statuses';
import { MeshStatusCard } from './MeshStatusCard';

const BASE = 'http://backend.test/api/meshed-service';
const STATUS = `${BASE}/v1/services/local/cart/cart/status`;

const api = new MeshedServiceClient({
  discoveryApi: { getBaseUrl: async () => BASE },
  fetchApi: mockApis.fetch(),
});

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'cart',
    annotations: { [annotations.service]: 'local/cart/cart' },
  },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/shop' }],
};

const show = (shown = entity) =>
  renderInTestApp(
    <EntityProvider entity={shown}>
      <MeshStatusCard />
    </EntityProvider>,
    {
      apis: [[meshedServiceApiRef, api]],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );

describe('MeshStatusCard', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  it('shows loading first, then the status of the annotated service', async () => {
    server.use(http.get(STATUS, () => HttpResponse.json(statuses.audit)));

    show();

    expect(await screen.findByTestId('meshway-loading')).toBeVisible();
    expect(await screen.findByTestId('meshway-verdict')).toHaveTextContent(
      'Audit',
    );
  });

  it('points to the owner of the entity when the backend denies', async () => {
    server.use(
      http.get(STATUS, () => refusal(403, 'NotAllowedError', 'Not yours.')),
    );

    show();

    expect(
      await screen.findByText('You may not see the mesh status'),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: /shop/ })).toBeVisible();
  });

  it('shows the words of the backend when it fails, and recovers on another try', async () => {
    let broken = true;
    server.use(
      http.get(STATUS, () =>
        broken
          ? refusal(
              503,
              'ServiceUnavailableError',
              'The snapshot is being read.',
            )
          : HttpResponse.json(statuses.enforced),
      ),
    );

    show();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Could not load the mesh statusThe snapshot is being read.Try again',
    );
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    expect(await screen.findByTestId('meshway-verdict')).toHaveTextContent(
      'Enforced',
    );
  });

  it('tells a service that nobody knows from one that could not be read', async () => {
    server.use(
      http.get(STATUS, () => refusal(404, 'NotFoundError', 'No such service.')),
    );

    show();

    expect(
      await screen.findByText('Nothing is known about this service'),
    ).toBeVisible();
  });

  it('does not believe an answer that it does not understand', async () => {
    server.use(
      http.get(STATUS, () =>
        HttpResponse.json({ ...statuses.enforced, verdict: 'fine' }),
      ),
    );

    show();

    expect(await screen.findByRole('alert')).toHaveTextContent('(verdict)');
  });

  it('names the annotation when it is malformed', async () => {
    show({
      ...entity,
      metadata: {
        ...entity.metadata,
        annotations: { [annotations.service]: 'cart' },
      },
    });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The annotation meshway.dev/service of this entity must be <cluster>/<namespace>/<name>; it is "cart".',
    );
  });

  it('hides a status as soon as the right to see it is gone', async () => {
    let allowed = true;
    server.use(
      http.get(STATUS, () =>
        allowed
          ? HttpResponse.json(statuses.enforced)
          : refusal(403, 'NotAllowedError', 'Not yours.'),
      ),
    );
    show();
    await screen.findByTestId('meshway-verdict');

    allowed = false;
    act(() => {
      document.dispatchEvent(new Event('visibilitychange'));
    });

    await waitFor(() =>
      expect(screen.queryByTestId('meshway-verdict')).not.toBeInTheDocument(),
    );
  });
});
