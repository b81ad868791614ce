import {
  mockApis,
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { signalApiRef, type SignalApi } from '@backstage/plugin-signals-react';
import type { JsonObject } from '@backstage/types';
import {
  annotations,
  statusChannel,
  type MeshStatus,
} from '@meshway/plugin-meshed-service-common';
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

const show = (shown = entity, signals?: SignalApi) =>
  renderInTestApp(
    <EntityProvider entity={shown}>
      <MeshStatusCard />
    </EntityProvider>,
    {
      apis: [
        [meshedServiceApiRef, api],
        ...(signals ? [[signalApiRef, signals] as const] : []),
      ],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );

/** A status as it comes from a cluster that is watched. */
const justSeen = (status: MeshStatus): MeshStatus => ({
  ...status,
  observedAt: new Date().toISOString(),
});

/** What the portal's signals say, spoken by the test. */
function aVoice() {
  const ears = new Set<(message: JsonObject) => void>();
  const signals: SignalApi = {
    subscribe: (channel, onMessage) => {
      expect(channel).toBe(statusChannel);
      const ear = onMessage as (message: JsonObject) => void;
      ears.add(ear);
      return { unsubscribe: () => ears.delete(ear) };
    },
  };
  const say = (message: JsonObject) =>
    act(async () => ears.forEach(ear => ear(message)));
  return { signals, say };
}

describe('MeshStatusCard', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  it('shows loading first, then the status of the annotated service', async () => {
    server.use(
      http.get(STATUS, () => HttpResponse.json(justSeen(statuses.audit))),
    );

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
          : HttpResponse.json(justSeen(statuses.enforced)),
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
          ? HttpResponse.json(justSeen(statuses.enforced))
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

  describe('when its status changes', () => {
    const mark = (version: number) => ({ key: 'opaque', version });

    it('reads it again through the route that authorizes, told by a signal', async () => {
      const { signals, say } = aVoice();
      let held = { ...justSeen(statuses.audit), mark: mark(1) };
      server.use(http.get(STATUS, () => HttpResponse.json(held)));
      show(entity, signals);
      expect(await screen.findByTestId('meshway-verdict')).toHaveTextContent(
        'Audit',
      );

      held = { ...justSeen(statuses.enforced), mark: mark(2) };
      await say({ changed: [mark(2)], more: false });

      await waitFor(
        () =>
          expect(screen.getByTestId('meshway-verdict')).toHaveTextContent(
            'Enforced',
          ),
        { timeout: 5000 },
      );
    });

    it.each([
      [
        'about others',
        { changed: [{ key: 'other', version: 9 }], more: false },
      ],
      ['of what it holds', { changed: [mark(1)], more: false }],
      ['that it does not understand', { changed: 'everything' }],
    ])('reads nothing for a signal %s', async (_, message) => {
      const { signals, say } = aVoice();
      let reads = 0;
      server.use(
        http.get(STATUS, () => {
          reads += 1;
          return HttpResponse.json({
            ...justSeen(statuses.audit),
            mark: mark(1),
          });
        }),
      );
      show(entity, signals);
      await screen.findByTestId('meshway-verdict');

      await say(message);
      await act(() => new Promise(resolve => setTimeout(resolve, 1200)));

      expect(reads).toBe(1);
    });
  });
});
