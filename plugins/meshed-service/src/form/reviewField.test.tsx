import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { refusal } from '../api/__testUtils__/refusal';
import { aPlan, aProvisioningPlan } from './__fixtures__/plans';
import { create, fill, next, PLAN } from './__testUtils__/fill';

describe('MeshedServiceReview', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  beforeEach(() => {
    server.use(http.post(PLAN, () => HttpResponse.json(aPlan())));
  });

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

  it('shows what would happen to each object, field by field, and lets pass what may happen', async () => {
    const object = {
      apiVersion: 'policy.linkerd.io/v1beta3',
      kind: 'Server',
      namespace: 'cart',
      name: 'cart.http',
    };
    server.use(
      http.post(PLAN, () =>
        HttpResponse.json(
          aPlan({
            provisioning: aProvisioningPlan({
              objects: [
                {
                  system: 'kubernetes',
                  ref: object,
                  action: 'change',
                  fields: ['spec.accessPolicy'],
                  changes: [
                    { field: 'spec.accessPolicy', from: 'audit', to: 'deny' },
                  ],
                },
                {
                  system: 'kubernetes',
                  ref: { ...object, name: 'cart.old' },
                  action: 'left',
                  because: 'it belongs to helm',
                },
              ],
            }),
          }),
        ),
      ),
    );
    const created = fill(review, { name: 'cart' });

    expect(await screen.findByTestId('meshway-provisioning')).toHaveTextContent(
      'Server cart/cart.http changedspec.accessPolicy: audit → denyServer cart/cart.old stays, it belongs to helm',
    );
    await next();
    await create();
    expect(created).toHaveBeenCalledTimes(1);
  });

  it.each([
    [
      'a problem on the cluster',
      {
        provisioning: aProvisioningPlan({
          outcome: 'refused',
          problems: [
            {
              code: 'vault-sealed',
              system: 'vault',
              message: 'Vault is sealed.',
              fix: 'Unseal it.',
            },
          ],
        }),
      },
      'Vault is sealed. Unseal it.',
    ],
    [
      'a cluster that does not answer',
      { provisioningUnknown: 'Cluster local did not answer.' },
      'Nobody can say what would happen on the cluster, so nothing would be written: Cluster local did not answer.',
    ],
  ] as const)('shows %s, and lets nobody pass', async (_, change, words) => {
    server.use(http.post(PLAN, () => HttpResponse.json(aPlan(change))));
    fill(review, { name: 'cart' });

    expect(await screen.findByText(/would be refused/)).toBeInTheDocument();
    await next();
    expect(await screen.findAllByText(words, { exact: false })).not.toEqual([]);
    expect(
      screen.queryByRole('button', { name: 'Create' }),
    ).not.toBeInTheDocument();
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
