import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import exampleUsers from './index';
import { EXAMPLE_USER_HEADER } from './authenticator';

const ada = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { namespace: 'default', name: 'ada' },
  spec: { memberOf: ['payments'] },
  relations: [{ type: 'memberOf', targetRef: 'group:default/payments' }],
};

describe('signing in as an example user', () => {
  const { NODE_ENV } = process.env;
  const inEnvironment = (environment: string) =>
    Object.assign(process.env, { NODE_ENV: environment });

  afterEach(() => inEnvironment(NODE_ENV ?? 'test'));

  const start = async (options: { environment?: string; users?: string[] }) => {
    const { server } = await startTestBackend({
      features: [
        authPlugin,
        exampleUsers,
        catalogServiceMock.factory({ entities: [ada] }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            auth: {
              environment: options.environment ?? 'development',
              providers: {
                example: { users: options.users ?? ['user:default/ada'] },
              },
            },
          },
        }),
      ],
    });
    return (user?: string) => {
      const refresh = request(server).get(
        '/api/auth/example/refresh?env=development',
      );
      return user === undefined
        ? refresh
        : refresh.set(EXAMPLE_USER_HEADER, user);
    };
  };

  it('makes a developer the chosen user, with the groups of the catalog', async () => {
    inEnvironment('development');
    const signIn = await start({});
    const { status, body } = await signIn('ada');
    expect([status, body.profile, body.backstageIdentity.identity]).toEqual([
      200,
      { displayName: 'ada' },
      {
        type: 'user',
        userEntityRef: 'user:default/ada',
        ownershipEntityRefs: ['user:default/ada', 'group:default/payments'],
      },
    ]);
  });

  it.each([
    ['nobody', undefined, 401, 'The header x-meshway-example-user is missing'],
    ['a stranger', 'eve', 403, 'no such example user'],
    ['a path', '../ada', 403, 'no such example user'],
    ['a prototype', '__proto__', 403, 'no such example user'],
    ['another namespace', 'default/ada', 403, 'no such example user'],
    ['10 kB', 'a'.repeat(10_000), 403, 'no such example user'],
  ])('refuses %s', async (_, user, refused, message) => {
    inEnvironment('development');
    const signIn = await start({});
    const { status, body } = await signIn(user);
    expect([status, body.error.message]).toEqual([
      refused,
      expect.stringContaining(message),
    ]);
  });

  it.each([
    ['a production process', { process: 'production', auth: 'development' }],
    ['a production sign-in', { process: 'development', auth: 'production' }],
  ])('is refused in %s', async (_, environment) => {
    inEnvironment(environment.process);
    const signIn = await start({ environment: environment.auth });
    const { status, body } = await signIn('ada');
    expect([status, body.error.message]).toEqual([
      403,
      'Example users can sign in only in development (auth.environment and NODE_ENV).',
    ]);
  });
});
