import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { aPlan } from './__fixtures__/plans';
import { create, fill, list, next, PLAN } from './__testUtils__/fill';

describe('the lists of the form', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  beforeEach(() => {
    server.use(http.post(PLAN, () => HttpResponse.json(aPlan())));
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
});
