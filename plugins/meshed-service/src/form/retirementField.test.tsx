import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import {
  annotations,
  type RetirementPlan,
} from '@meshway/plugin-meshed-service-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { delay, http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { refusal } from '../api/__testUtils__/refusal';
import {
  aRetirementPlan,
  somebodysConfigMap,
} from './__fixtures__/retirements';
import { create, fill, next, RETIREMENT } from './__testUtils__/fill';

const cart = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'cart',
    annotations: { [annotations.service]: 'local/cart/cart' },
  },
};
const bare = { ...cart, metadata: { name: 'bare' } };

describe('MeshedServiceRetirement', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  const says = (plan: RetirementPlan) =>
    server.use(http.get(RETIREMENT, () => HttpResponse.json(plan)));
  const open = (values: Record<string, string>) =>
    fill(
      {
        service: { type: 'string', title: 'Service' },
        plan: { type: 'string', 'ui:field': 'MeshedServiceRetirement' },
        namespace: { type: 'string', title: 'Namespace' },
      },
      values,
      [cart, bare],
    );
  const chosen = (typed?: string) =>
    open({
      service: 'component:default/cart',
      ...(typed ? { namespace: typed } : {}),
    });
  const linesOf = async (testId: string) =>
    within(await screen.findByTestId(testId))
      .getAllByRole('listitem')
      .map(line => line.textContent);
  const isStopped = async () => {
    await next();
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Review' })).toBeEnabled(),
    );
    expect(
      screen.queryByRole('button', { name: 'Create' }),
    ).not.toBeInTheDocument();
  };

  it('asks for a service first', async () => {
    open({});

    expect(await screen.findByTestId('meshway-retirement')).toHaveTextContent(
      'Choose a service, and here stands what would go and what would stay.',
    );
  });

  it('shows every object that goes, in order, and where it is', async () => {
    says(aRetirementPlan());
    chosen();

    expect(await linesOf('meshway-retirement-objects')).toEqual([
      'Application argocd/local-cart-cart in Argo CD, which takes along what it has delivered',
      'VaultRole local-cart-cart in Vault',
      'Server cart/cart.http on the cluster',
    ]);
    expect(screen.getByTestId('meshway-retirement')).toHaveTextContent(
      'This cannot be undone3 objects go from local/cart/cart, which belongs to group:default/shop.',
    );
  });

  it('says that the namespace goes only when its name is typed, and lets pass who typed it', async () => {
    says(aRetirementPlan());
    const created = chosen();

    expect(
      await screen.findByTestId('meshway-retirement-namespace'),
    ).toHaveTextContent(
      'Namespace cart goes last, with what nobody can list in it. Only when its name is typed below.',
    );
    await userEvent.type(screen.getByLabelText('Namespace'), 'cart');
    expect(
      screen.getByTestId('meshway-retirement-namespace'),
    ).toHaveTextContent('Its name is typed.');
    await next();
    await create();
    expect(created).toHaveBeenCalledTimes(1);
  });

  it('lets nobody pass who typed the name of another namespace', async () => {
    says(aRetirementPlan());
    chosen('carts');

    expect(
      await screen.findByTestId('meshway-retirement-namespace'),
    ).toHaveTextContent('carts is another one.');
    await isStopped();
    expect(
      screen.getAllByText(
        /The namespace of this service is cart, and carts was typed/,
      ),
    ).not.toEqual([]);
  });

  it('names first the Secrets that nobody lists', async () => {
    says(
      aRetirementPlan({ unseen: ['leases.coordination.k8s.io', 'secrets'] }),
    );
    chosen('cart');

    expect(await linesOf('meshway-retirement-unseen')).toEqual([
      'secrets the portal never reads Secrets, so it cannot say whose they are; they go with the namespace',
      'leases.coordination.k8s.io the portal may not list them, so it cannot say whose they are; they go with the namespace',
    ]);
  });

  it('shows what stays and why, and that it keeps the namespace whatever is typed', async () => {
    says(aRetirementPlan({ foreign: [somebodysConfigMap] }));
    chosen('cart');

    expect(await linesOf('meshway-retirement-stays')).toEqual([
      'ConfigMap cart/settings belongs to others, who alone may delete it',
    ]);
    expect(
      screen.getByTestId('meshway-retirement-namespace'),
    ).toHaveTextContent(
      "Namespace cart stays, emptied of what is the service's own: one object in it belongs to others. Typing its name does not change that.",
    );
    expect(await linesOf('meshway-retirement-unseen')).toEqual([
      'secrets the portal never reads Secrets, so it cannot say whose they are; they stay',
    ]);
    expect(screen.getByText(/The repository stays/)).toBeVisible();
  });

  it('folds away what nobody reads at once', async () => {
    says(
      aRetirementPlan({
        foreign: Array.from({ length: 1030 }, (_, index) => ({
          ...somebodysConfigMap,
          name: `settings-${index}`,
        })),
      }),
    );
    chosen();

    expect(await linesOf('meshway-retirement-stays')).toHaveLength(25);
    expect(screen.getByText('and 1,005 more')).toBeVisible();
    expect(
      screen.getByTestId('meshway-retirement-namespace'),
    ).toHaveTextContent('1,030 objects in it belong to others');
  });

  it('says that nothing of it is there, and lets pass', async () => {
    says(
      aRetirementPlan({
        objects: [],
        unseen: [],
        namespace: { name: 'cart', action: 'absent' },
      }),
    );
    const created = chosen('cart');

    expect(
      await screen.findByTestId('meshway-retirement-empty'),
    ).toHaveTextContent('Nothing of it is there');
    await next();
    await create();
    expect(created).toHaveBeenCalledTimes(1);
  });

  it('shows what stands against it and the way out, and lets nobody pass', async () => {
    says(
      aRetirementPlan({
        problems: [
          {
            code: 'vault-sealed',
            system: 'vault',
            message: 'Vault is sealed.',
            fix: 'Unseal it.',
          },
        ],
      }),
    );
    chosen('cart');

    expect(
      await screen.findByTestId('meshway-retirement-problems'),
    ).toHaveTextContent('Vault is sealed.What to do: Unseal it.');
    expect(screen.getByText('Something stands against it')).toBeVisible();
    await isStopped();
  });

  it('passes on whom to ask when the caller may not retire it', async () => {
    server.use(
      http.get(RETIREMENT, () =>
        refusal(403, 'NotAllowedError', 'Ask group:default/shop.'),
      ),
    );
    chosen('cart');

    expect(await screen.findByTestId('meshway-denied')).toHaveTextContent(
      'You may not see what retiring this service would deleteAsk group:default/shop.',
    );
    await isStopped();
  });

  it('says why it could not be asked, tries again, and lets nobody pass meanwhile', async () => {
    let broken = true;
    server.use(
      http.get(RETIREMENT, () =>
        broken
          ? refusal(503, 'ServiceUnavailableError', 'No cluster answers.')
          : HttpResponse.json(aRetirementPlan()),
      ),
    );
    chosen('cart');

    expect(await screen.findByTestId('meshway-failed')).toHaveTextContent(
      'No cluster answers.',
    );
    await isStopped();
    expect(
      screen.getAllByText(
        /Nobody can say what would go, so nothing goes. No cluster answers./,
      ),
    ).not.toEqual([]);
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByTestId('meshway-retirement-objects'),
    ).toBeVisible();
  });

  it('says of an entity that is no meshed service what it lacks', async () => {
    open({ service: 'component:default/bare' });

    expect(
      await screen.findByText(
        /component:default\/bare is no meshed service: it lacks the annotation meshway.dev\/service/,
      ),
    ).toBeVisible();
  });

  it('says after a while that a slow answer is still awaited', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    try {
      server.use(
        http.get(RETIREMENT, async () => {
          await delay('infinite');
        }),
      );
      chosen();

      expect(await screen.findByText('Asking what would go')).toHaveAttribute(
        'role',
        'status',
      );
      await act(async () => {
        await jest.advanceTimersByTimeAsync(5000);
      });
      expect(
        screen.getByText(
          /This takes longer than usual. The cluster, Vault and Argo CD are asked/,
        ),
      ).toBeVisible();
    } finally {
      jest.useRealTimers();
    }
  });
});
