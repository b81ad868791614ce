import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { aPlan } from './__fixtures__/plans';
import { create, fill, next, PLAN } from './__testUtils__/fill';

const name = {
  name: { type: 'string', title: 'Name', 'ui:field': 'MeshedServiceName' },
};
describe('MeshedServiceName', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  beforeEach(() => {
    server.use(http.post(PLAN, () => HttpResponse.json(aPlan())));
  });

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

  it('lets pass when only the repository of that name is in use: a later page chooses another', async () => {
    server.use(
      http.post(PLAN, () =>
        HttpResponse.json(
          aPlan({ taken: { message: 'delivery.repository: cart exists.' } }),
        ),
      ),
    );
    const created = fill(name, { name: 'cart', owner: 'group:default/shop' });

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
