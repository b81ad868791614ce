import {
  mockApis,
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  annotations,
  type ServicesResponse,
} from '@meshway/plugin-meshed-service-common';
import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { meshedServiceApiRef, MeshedServiceClient } from '../../api';
import { someClusters } from '../__fixtures__/fleets';
import { FleetPage } from '../FleetPage';

const BASE = 'http://backend.test/api/meshed-service';
/** Where the page reads the fleet. */
export const SERVICES = `${BASE}/v1/services`;

const cart = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'cart',
    annotations: { [annotations.service]: 'eu-1/cart/cart' },
  },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/shop' }],
};

/** The fleet page before a backend that says what it is told to. To be called once per test file. */
export function aFleetPage() {
  const server = setupServer();
  registerMswTestHooks(server);
  /** The queries that the backend was asked, oldest first. */
  const asked: string[] = [];
  beforeEach(() => {
    asked.length = 0;
    server.use(
      http.get(`${BASE}/v1/clusters`, () => HttpResponse.json(someClusters)),
    );
  });

  return {
    server,
    asked,
    says: (fleet: ServicesResponse) =>
      server.use(
        http.get(SERVICES, ({ request }) => {
          asked.push(new URL(request.url).search);
          return HttpResponse.json(fleet);
        }),
      ),
    open: (address = '/') =>
      renderInTestApp(<FleetPage />, {
        initialRouteEntries: [address],
        apis: [
          [
            meshedServiceApiRef,
            new MeshedServiceClient({
              discoveryApi: { getBaseUrl: async () => BASE },
              fetchApi: mockApis.fetch(),
            }),
          ],
          [catalogApiRef, catalogApiMock({ entities: [cart] })],
        ],
        mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      }),
    /** @returns the cells of every line, as text. */
    lines: async () =>
      within(await screen.findByRole('table', { name: 'Meshed services' }))
        .getAllByRole('row')
        .slice(1)
        .map(row =>
          within(row)
            .getAllByRole('cell')
            .map(cell => cell.textContent),
        ),
  };
}
