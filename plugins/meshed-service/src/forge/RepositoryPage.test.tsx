import {
  mockApis,
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { refusal } from '../api/__testUtils__/refusal';
import { meshedServiceApiRef, MeshedServiceClient } from '../api';
import { ForgePage } from './ForgePage';

const BASE = 'http://backend.test/api/meshed-service';
const TREE = `${BASE}/v1/repositories/cart/tree/main`;

const api = new MeshedServiceClient({
  discoveryApi: { getBaseUrl: async () => BASE },
  fetchApi: mockApis.fetch(),
});

const place = {
  repository: 'cart',
  branch: 'main',
  commit: '0123456789abcdef0123456789abcdef01234567',
  clone: '/srv/repositories/cart.git',
};

const visit = (address: string) =>
  renderInTestApp(<ForgePage />, {
    apis: [[meshedServiceApiRef, api]],
    mountPath: '/forge/*',
    initialRouteEntries: [address],
  });

describe('ForgePage', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  it('shows the files of a repository and how to clone it', async () => {
    server.use(
      http.get(TREE, () =>
        HttpResponse.json({
          ...place,
          kind: 'folder',
          path: '',
          entries: [
            { name: 'docs', path: 'docs', kind: 'folder' },
            { name: 'README.md', path: 'README.md', kind: 'file' },
          ],
        }),
      ),
    );

    visit('/forge/cart/tree/main');

    expect(await screen.findByRole('link', { name: 'docs/' })).toHaveAttribute(
      'href',
      '/forge/cart/tree/main/docs',
    );
    expect(screen.getByRole('link', { name: 'README.md' })).toHaveAttribute(
      'href',
      '/forge/cart/tree/main/README.md',
    );
    expect(screen.getByTestId('meshway-clone')).toHaveTextContent(
      'git clone /srv/repositories/cart.git',
    );
    expect(
      screen.getByRole('button', { name: 'Copy the clone command' }),
    ).toBeVisible();
  });

  it('shows the text of a file as text, whatever it holds', async () => {
    const text = '<script>alert(1)</script>\nkind: Namespace\n';
    server.use(
      http.get(`${TREE}/docs/index.md`, () =>
        HttpResponse.json({
          ...place,
          kind: 'file',
          path: 'docs/index.md',
          text,
        }),
      ),
    );

    visit('/forge/cart/tree/main/docs/index.md');

    expect((await screen.findByTestId('meshway-file')).textContent).toBe(text);
    expect(screen.getByRole('link', { name: 'docs' })).toHaveAttribute(
      'href',
      '/forge/cart/tree/main/docs',
    );
  });

  it.each([
    [404, 'NotFoundError', 'meshway-missing', /There is no such file/],
    [403, 'NotAllowedError', 'meshway-denied', /You may not see gone in cart/],
    [503, 'ServiceUnavailableError', 'meshway-failed', /Could not load/],
  ])('has a picture for %i', async (status, name, handle, words) => {
    server.use(http.get(`${TREE}/gone`, () => refusal(status, name, 'No.')));

    visit('/forge/cart/tree/main/gone');

    expect(await screen.findByTestId(handle)).toHaveTextContent(words);
  });

  it('says how to get here when the address names no repository', async () => {
    visit('/forge');

    expect(
      await screen.findByText(/Follow the source link of a service/),
    ).toBeVisible();
  });
});
