import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { delay, http } from 'msw';
import { refusal } from '../api/__testUtils__/refusal';
import { aFleet, aSummary } from './__fixtures__/fleets';
import { aFleetPage, SERVICES } from './__testUtils__/aFleetPage';

describe('the fleet page', () => {
  const { asked, lines, open, says, server } = aFleetPage();
  const lastAsked = () => asked.at(-1);
  const justSeen = new Date().toISOString();

  it('shows every service with verdict, state, owner, cluster, phase, template and age', async () => {
    says({
      ...aFleet(),
      items: aFleet().items.map(item => ({ ...item, observedAt: justSeen })),
    });
    open();

    expect(await lines()).toEqual(
      [
        ['Partially meshed', 'Degraded', 'payments', 'eu-1', 'audit', '1.0.0'],
        ['Unknown', 'Unknown', 'shop', 'eu-1', 'enforce', '1.1.0'],
        ['Enforced', 'OK', 'shop', 'eu-1', 'enforce', '1.1.0'],
      ].map(cells => [...cells, expect.stringMatching(/ago|just now/)]),
    );
    expect(asked).toEqual(['?sort=state&limit=50&offset=0']);
  });

  it('leads from a service to its tab, where it is in the catalog', async () => {
    says(aFleet());
    open();

    expect(await screen.findByRole('link', { name: 'cart' })).toHaveAttribute(
      'href',
      '/catalog/default/component/cart/mesh',
    );
    expect(
      within(screen.getByTestId('meshway-service-eu-1-payments')).getByRole(
        'rowheader',
      ),
    ).toHaveTextContent(/^payments1 of 2 pods/);
    expect(
      within(screen.getByTestId('meshway-service-eu-1-payments')).getAllByRole(
        'link',
      ),
    ).toHaveLength(1);
  });

  it('is green for nothing that was seen long ago', async () => {
    says(
      aFleet({
        items: [aSummary({ observedAt: '2020-01-01T00:00:00.000Z' })],
      }),
    );
    open();

    expect((await lines())[0][0]).toBe('Was: Enforced');
    expect(document.querySelector('[data-tone="good"]')).toBeNull();
    expect(screen.getByTestId('meshway-fleet-past')).toHaveTextContent(
      'Some of this was seen long ago, and may be otherwise now.',
    );
  });

  it('draws no green either when only what another page shows was seen long ago', async () => {
    says(aFleet({ oldestObservedAt: '2020-01-01T00:00:00.000Z' }));
    open();

    expect(await screen.findByTestId('meshway-fleet-past')).toBeVisible();
    expect(
      screen
        .getByRole('list', { name: 'Where the services stand' })
        .querySelector('[data-tone="good"]'),
    ).toBeNull();
  });

  it('draws how many stand where, and narrows to those that are chosen', async () => {
    says(aFleet());
    open();

    const picture = await screen.findByRole('list', {
      name: 'Where the services stand',
    });
    expect(
      within(picture)
        .getAllByRole('button')
        .map(step => step.getAttribute('aria-label')),
    ).toEqual([
      'Unknown: 1',
      'Not meshed: 0',
      'Partially meshed: 1',
      'Identity unhealthy: 0',
      'Opportunistic: 0',
      'Audit: 0',
      'Enforced: 1',
    ]);
    await userEvent.click(screen.getByTestId('meshway-step-enforced'));
    await waitFor(() => expect(lastAsked()).toContain('verdict=enforced'));
    expect(screen.getByTestId('meshway-step-enforced')).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  it('asks the backend for another order, and for the other way round', async () => {
    says(aFleet());
    open();

    await userEvent.click(await screen.findByRole('button', { name: 'Owner' }));
    await waitFor(() =>
      expect(lastAsked()).toBe('?sort=owner&limit=50&offset=0'),
    );
    expect(screen.getByRole('columnheader', { name: /Owner/ })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
    await userEvent.click(screen.getByRole('button', { name: /Owner/ }));
    await waitFor(() =>
      expect(lastAsked()).toBe('?sort=owner&descending=true&limit=50&offset=0'),
    );
  });

  it('narrows by what is typed and chosen, and begins at the first page then', async () => {
    says(aFleet({ total: 200 }));
    open('/?page=3');
    await lines();
    expect(lastAsked()).toContain('offset=100');

    await userEvent.type(screen.getByLabelText('Name'), 'car');
    await waitFor(() =>
      expect(lastAsked()).toBe('?search=car&sort=state&limit=50&offset=0'),
    );
    await screen.findByRole('option', { name: 'eu-1' });
    await userEvent.selectOptions(screen.getByLabelText('Cluster'), 'eu-1');
    await screen.findByRole('option', { name: 'shop' });
    await userEvent.selectOptions(
      screen.getByLabelText('Owner'),
      'group:default/shop',
    );
    await waitFor(() =>
      expect(lastAsked()).toBe(
        '?search=car&owner=group%3Adefault%2Fshop&cluster=eu-1&sort=state&limit=50&offset=0',
      ),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Clear all' }));
    await waitFor(() =>
      expect(lastAsked()).toBe('?sort=state&limit=50&offset=0'),
    );
  });

  it('turns pages', async () => {
    says(aFleet({ total: 120 }));
    open();
    await lines();

    await userEvent.click(screen.getByRole('button', { name: /next/i }));
    await waitFor(() => expect(lastAsked()).toContain('offset=50'));
  });

  it('says that there is nothing yet, and how to begin', async () => {
    says({ items: [], total: 0, counts: {} });
    open();

    expect(await screen.findByTestId('meshway-fleet-empty')).toHaveTextContent(
      'There is no meshed service yet',
    );
    expect(screen.getByRole('link', { name: 'Create one' })).toHaveAttribute(
      'href',
      '/create',
    );
  });

  it('says that nothing matches, and shows all again', async () => {
    says({ items: [], total: 0, counts: {} });
    open('/?search=nothing');

    expect(await screen.findByTestId('meshway-fleet-empty')).toHaveTextContent(
      'No service is like that',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    await waitFor(() => expect(lastAsked()).not.toContain('search'));
  });

  it('leads back from a page behind the end', async () => {
    says({ items: [], total: 3 });
    open('/?page=9');

    await userEvent.click(
      await screen.findByRole('button', { name: 'Go to the first page' }),
    );
    await waitFor(() => expect(lastAsked()).toContain('offset=0'));
  });

  it('says of how many it is not known yet what was asked for', async () => {
    says(aFleet({ unread: 7 }));
    open();

    expect(await screen.findByTestId('meshway-unread')).toHaveTextContent(
      'Of 7 services it is not known yet what was asked for',
    );
  });

  it('passes on the words of a denial', async () => {
    server.use(
      http.get(SERVICES, () =>
        refusal(403, 'NotAllowedError', 'Ask the platform team.'),
      ),
    );
    open();

    expect(await screen.findByTestId('meshway-denied')).toHaveTextContent(
      'You may not see the meshed servicesAsk the platform team.',
    );
  });

  it('says why it failed, and recovers on another try', async () => {
    server.use(
      http.get(SERVICES, () =>
        refusal(503, 'ServiceUnavailableError', 'The registry is away.'),
      ),
    );
    open();
    expect(await screen.findByTestId('meshway-failed')).toHaveTextContent(
      'The registry is away.',
    );

    says(aFleet());
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await lines()).toHaveLength(3);
  });

  it('shows that it waits for a slow backend', async () => {
    server.use(
      http.get(SERVICES, async () => {
        await delay('infinite');
      }),
    );
    open();

    expect(
      await screen.findByText('Loading the meshed services'),
    ).toHaveAttribute('role', 'status');
  });
});
