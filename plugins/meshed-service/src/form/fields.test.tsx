import {
  mockApis,
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import type { JsonObject } from '@backstage/types';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { refusal } from '../api/__testUtils__/refusal';
import { meshedServiceApiRef, MeshedServiceClient } from '../api';
import { aPlan } from './__fixtures__/plans';
import { callsFieldParts } from './callsField';
import { clientsFieldParts } from './clientsField';
import { nameFieldParts } from './nameField';
import { portsFieldParts } from './portsField';
import { reviewFieldParts } from './reviewField';

const BASE = 'http://backend.test/api/meshed-service';
const PLAN = `${BASE}/v1/plan`;

const api = new MeshedServiceClient({
  discoveryApi: { getBaseUrl: async () => BASE },
  fetchApi: mockApis.fetch(),
});

const extensions = [
  nameFieldParts,
  portsFieldParts,
  clientsFieldParts,
  callsFieldParts,
  reviewFieldParts,
].map(({ name, component, validation }) => ({ name, component, validation }));

/** One page of the form with one field, and what the form hands over at the end. */
function fill(
  properties: JsonObject,
  initialState: Record<string, never> | JsonObject = {},
) {
  const created = jest.fn(async (_values: unknown) => {});
  renderInTestApp(
    <Stepper
      manifest={{
        title: 'Meshed service',
        steps: [{ title: 'Page', schema: { type: 'object', properties } }],
      }}
      extensions={extensions}
      initialState={initialState as Record<string, string>}
      onCreate={created}
    />,
    {
      apis: [
        [meshedServiceApiRef, api],
        [catalogApiRef, catalogApiMock({ entities: [] })],
        mockApis.identity({
          userEntityRef: 'user:default/tester',
          ownershipEntityRefs: [
            'user:default/tester',
            'group:default/checkers',
          ],
        }),
      ],
    },
  );
  return created;
}

const next = async () =>
  userEvent.click(await screen.findByRole('button', { name: 'Review' }));
const create = async () =>
  userEvent.click(await screen.findByRole('button', { name: 'Create' }));

const name = {
  name: { type: 'string', title: 'Name', 'ui:field': 'MeshedServiceName' },
};
const list = (property: string, field: string) => ({
  [property]: { type: 'array', items: { type: 'object' }, 'ui:field': field },
});

describe('the fields of the form', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  beforeEach(() => {
    server.use(http.post(PLAN, () => HttpResponse.json(aPlan())));
  });

  describe('MeshedServiceName', () => {
    it('counts what is left of the budget of the longest name made from it', async () => {
      fill(name);

      await userEvent.type(await screen.findByLabelText('Name'), 'cart');

      expect(screen.getByTestId('meshway-name-budget')).toHaveTextContent(
        '42 of 46 characters left (the Deployment made from it must fit into 46)',
      );
    });

    it.each([
      ['linkerd', /"linkerd" is reserved for Linkerd/],
      ['Cart', /lower-case letters, digits and single dashes/],
      ['a'.repeat(60), /is too long/],
    ])(
      'says at once what is wrong with %s, and lets nobody pass',
      async (typed, words) => {
        fill(name);

        await userEvent.type(await screen.findByLabelText('Name'), typed);
        expect(screen.getByTestId('meshway-name-problems')).toHaveTextContent(
          words,
        );
        await next();

        expect(
          screen.queryByRole('button', { name: 'Create' }),
        ).not.toBeInTheDocument();
      },
    );

    it('names who holds a name already, and lets nobody pass', async () => {
      const asked = jest.fn();
      server.use(
        http.post(PLAN, async ({ request }) => {
          asked(await request.json());
          return HttpResponse.json(
            aPlan({
              taken: {
                owner: 'group:default/payments',
                message: 'cart belongs to group:default/payments.',
              },
            }),
          );
        }),
      );
      fill(name, { name: 'cart', owner: 'group:default/shop' });

      await waitFor(() =>
        expect(screen.getByTestId('meshway-name-problems')).toHaveTextContent(
          'cart belongs to group:default/payments.',
        ),
      );
      expect(asked).toHaveBeenCalledWith({
        spec: {
          name: 'cart',
          owner: 'group:default/shop',
          cluster: 'local',
          workload: { image: 'image' },
        },
      });
      await next();
      expect(
        screen.queryByRole('button', { name: 'Create' }),
      ).not.toBeInTheDocument();
    });

    it('says that a name is ours already, and lets pass: the same request again changes nothing', async () => {
      server.use(
        http.post(PLAN, () =>
          HttpResponse.json(
            aPlan({
              files: [
                {
                  path: 'meshed.service.yaml',
                  ownership: 'managed',
                  change: 'unchanged',
                },
              ],
            }),
          ),
        ),
      );
      const created = fill(name, { name: 'cart', owner: 'group:default/shop' });

      expect(await screen.findByTestId('meshway-name-hint')).toHaveTextContent(
        'cart is there already and belongs to group:default/shop.',
      );
      await next();
      await create();

      expect(created).toHaveBeenCalledTimes(1);
    });

    it('asks for a team of whoever is signed in while no owner is chosen', async () => {
      const asked = jest.fn();
      server.use(
        http.post(PLAN, async ({ request }) => {
          asked(await request.json());
          return HttpResponse.json(aPlan());
        }),
      );
      fill(name, { name: 'cart' });

      await waitFor(() =>
        expect(asked).toHaveBeenCalledWith({
          spec: {
            name: 'cart',
            owner: 'group:default/checkers',
            cluster: 'local',
            workload: { image: 'image' },
          },
        }),
      );
    });

    it('lets pass when nobody can be asked: the review and the server decide', async () => {
      server.use(http.post(PLAN, () => HttpResponse.error()));
      const created = fill(name, { name: 'cart', owner: 'group:default/shop' });

      await next();
      await create();

      expect(created).toHaveBeenCalledWith({
        name: 'cart',
        owner: 'group:default/shop',
      });
    });
  });

  describe('MeshedServicePorts', () => {
    it('makes ports of the shape of a spec', async () => {
      const created = fill(list('ports', 'MeshedServicePorts'));

      await userEvent.click(
        await screen.findByRole('button', { name: 'Add port' }),
      );
      await userEvent.type(screen.getByTestId('ports[0].name'), 'grpc');
      await userEvent.type(screen.getByTestId('ports[0].port'), '8080');
      await userEvent.selectOptions(
        screen.getByTestId('ports[0].protocol'),
        'gRPC',
      );
      await userEvent.click(screen.getByTestId('ports[0].probes-add'));
      await next();
      await create();

      expect(created).toHaveBeenCalledWith({
        ports: [
          {
            name: 'grpc',
            port: 8080,
            protocol: 'gRPC',
            probes: [{ kind: 'grpc' }],
          },
        ],
      });
    });

    it('says beside the field what is wrong, and above the page where', async () => {
      fill(list('ports', 'MeshedServicePorts'), {
        ports: [{ name: 'http', port: 4143, protocol: 'HTTP/1' }],
      });

      expect(
        await screen.findByText(
          '4143 belongs to the proxy; choose another port',
        ),
      ).toBeVisible();
      await next();

      expect(
        await screen.findAllByText(
          /ports\[0\]\.port 4143 belongs to the proxy/,
        ),
      ).not.toEqual([]);
    });
  });

  describe('MeshedServiceClients', () => {
    it('makes clients of the shape of a spec, and removes them', async () => {
      const ports = [{ name: 'http', port: 8080 }];
      const created = fill(list('clients', 'MeshedServiceClients'), {
        ports,
        clients: [{ namespace: 'old' }],
      });

      await userEvent.click(
        await screen.findByRole('button', { name: 'Remove client 1' }),
      );
      await userEvent.click(screen.getByRole('button', { name: 'Add client' }));
      await userEvent.type(screen.getByTestId('clients[0].namespace'), 'shop');
      await userEvent.type(
        screen.getByTestId('clients[0].serviceAccount'),
        'checkout',
      );
      await next();
      await create();

      expect(created).toHaveBeenCalledWith({
        ports,
        clients: [{ namespace: 'shop', serviceAccount: 'checkout' }],
      });
    });

    it('says that clients without a port have nothing to call', async () => {
      fill(list('clients', 'MeshedServiceClients'), {
        clients: [{ namespace: 'shop' }],
      });

      expect(await screen.findByText(/have no port to call/)).toBeVisible();
    });

    it('refuses a wildcard', async () => {
      fill(list('clients', 'MeshedServiceClients'), {
        clients: [{ namespace: 'shop', serviceAccount: '*' }],
      });

      expect(
        await screen.findByText(
          '"*" would let every meshed workload in. Name the ServiceAccount that calls you.',
        ),
      ).toBeVisible();
    });
  });

  describe('MeshedServiceCalls', () => {
    it('makes calls of both shapes', async () => {
      const created = fill(list('calls', 'MeshedServiceCalls'));

      await userEvent.click(
        await screen.findByRole('button', { name: 'Add call' }),
      );
      await userEvent.type(screen.getByTestId('calls[0].namespace'), 'shop');
      await userEvent.type(screen.getByTestId('calls[0].service'), 'valkey');
      await userEvent.type(screen.getByTestId('calls[0].port'), '6379');
      await userEvent.click(screen.getByRole('button', { name: 'Add call' }));
      await userEvent.selectOptions(
        screen.getByTestId('calls[1].kind'),
        'Something in the catalog',
      );
      await userEvent.type(
        screen.getByTestId('calls[1].entityRef'),
        'component:default/checkout',
      );
      await next();
      await create();

      expect(created).toHaveBeenCalledWith({
        calls: [
          { namespace: 'shop', service: 'valkey', port: 6379 },
          { entityRef: 'component:default/checkout' },
        ],
      });
    });
  });

  describe('MeshedServiceReview', () => {
    const review = {
      review: { type: 'string', 'ui:field': 'MeshedServiceReview' },
    };

    it('plans the whole form, and lets pass what nothing stands against', async () => {
      const asked = jest.fn();
      server.use(
        http.post(PLAN, async ({ request }) => {
          asked(await request.json());
          return HttpResponse.json(aPlan());
        }),
      );
      const created = fill(review, { name: 'cart', quota: {} });

      expect(await screen.findByTestId('meshway-clear')).toHaveTextContent(
        'Nothing stands against it',
      );
      expect(
        within(screen.getByTestId('meshway-files'))
          .getAllByRole('listitem')
          .map(file => file.textContent),
      ).toEqual(['meshed.service.yaml new, managed by the platform']);
      await next();
      await create();

      expect(asked.mock.calls.map(([body]) => body)).toEqual([
        { spec: { name: 'cart' } },
        { spec: { name: 'cart' } },
      ]);
      expect(created).toHaveBeenCalledTimes(1);
    });

    it('shows problems by field, and lets nobody pass', async () => {
      server.use(
        http.post(PLAN, () =>
          HttpResponse.json({
            kind: 'refused',
            problems: [{ path: 'ports[0].port', message: 'is required' }],
          }),
        ),
      );
      fill(review, { name: 'cart' });

      expect(await screen.findByTestId('meshway-problems')).toHaveTextContent(
        'ports[0].port is required',
      );
      await next();
      expect(
        screen.queryByRole('button', { name: 'Create' }),
      ).not.toBeInTheDocument();
    });

    it('shows a violation with why and fix, and lets nobody pass', async () => {
      server.use(
        http.post(PLAN, () =>
          HttpResponse.json(
            aPlan({
              violations: [
                {
                  code: 'MSG003',
                  title: 'Clients are named',
                  message: 'A wildcard lets every workload in.',
                  why: 'Nobody could say who calls.',
                  fix: 'Name the ServiceAccount.',
                  docs: 'docs/guardrails.md#msg003',
                  ref: {
                    apiVersion: 'policy.linkerd.io/v1alpha1',
                    kind: 'MeshTLSAuthentication',
                    namespace: 'cart',
                    name: 'cart-clients',
                  },
                },
              ],
            }),
          ),
        ),
      );
      fill(review, { name: 'cart' });

      expect(await screen.findByTestId('meshway-violations')).toHaveTextContent(
        'MSG003: Clients are namedA wildcard lets every workload in.In MeshTLSAuthentication cart/cart-clients. Why: Nobody could say who calls.What to do: Name the ServiceAccount.',
      );
      await next();
      expect(
        await screen.findAllByText(
          /MSG003: A wildcard lets every workload in. Name the ServiceAccount./,
        ),
      ).not.toEqual([]);
    });

    it('passes on the words of a denial, and lets nobody pass', async () => {
      server.use(
        http.post(PLAN, () =>
          refusal(
            403,
            'NotAllowedError',
            'You do not belong to group:default/payments.',
          ),
        ),
      );
      fill(review, { name: 'cart' });

      expect(await screen.findByTestId('meshway-denied')).toHaveTextContent(
        'You do not belong to group:default/payments.',
      );
      await next();
      expect(
        await screen.findAllByText(
          /The request could not be checked. You do not belong/,
        ),
      ).not.toEqual([]);
    });
  });
});
