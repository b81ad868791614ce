import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { refusal } from '../api/__testUtils__/refusal';
import { aFleet } from './__fixtures__/fleets';
import { aFleetPage, SERVICES } from './__testUtils__/aFleetPage';

describe('an export of the fleet', () => {
  const { asked, lines, open, says, server } = aFleetPage();
  const saved: Array<{ name: string; address: string }> = [];
  beforeEach(() => {
    saved.length = 0;
    URL.createObjectURL = blob => `blob:${(blob as Blob).size}`;
    URL.revokeObjectURL = () => {};
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function click(this: HTMLAnchorElement) {
        saved.push({ name: this.download, address: this.href });
      });
  });
  afterEach(() => jest.restoreAllMocks());

  it('holds everything that fits, in the order that is shown', async () => {
    says(aFleet({ total: 120 }));
    server.use(
      http.get(`${SERVICES}/export`, ({ request }) => {
        asked.push(new URL(request.url).search);
        return HttpResponse.text('service');
      }),
    );
    open('/?search=cart&sort=name&page=2');
    await lines();

    await userEvent.click(screen.getByRole('button', { name: 'Export CSV' }));

    await waitFor(() =>
      expect(saved).toEqual([
        { name: 'meshed-services.csv', address: 'blob:7' },
      ]),
    );
    expect(asked.at(-1)).toBe('?search=cart&sort=name&format=csv');
  });

  it('is none when the backend refuses, and says why', async () => {
    says(aFleet());
    server.use(
      http.get(`${SERVICES}/export`, () =>
        refusal(429, 'TooManyRequests', 'Come back in a minute.'),
      ),
    );
    open();
    await lines();

    await userEvent.click(screen.getByRole('button', { name: 'Export JSON' }));

    expect(
      await screen.findByText('Could not export: Come back in a minute.'),
    ).toBeVisible();
    expect(saved).toEqual([]);
  });
});
