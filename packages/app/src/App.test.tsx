import { render, screen } from '@testing-library/react';
import App from './App';

describe('App', () => {
  const environment = process.env;
  afterEach(() => {
    process.env = environment;
  });

  it('asks first who the visitor is, and offers both example users', async () => {
    process.env = {
      ...environment,
      NODE_ENV: 'test',
      // Read as a structure by the app, although its type says text.
      APP_CONFIG: [
        {
          context: 'test',
          data: {
            app: { title: 'Meshway', baseUrl: 'http://localhost:3000' },
            backend: { baseUrl: 'http://localhost:7007' },
          },
        },
      ] as never,
    };

    render(App.createRoot());

    expect(
      await screen.findByRole('button', { name: 'Enter as Guest' }),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Enter as Ada' })).toBeVisible();
  });
});
