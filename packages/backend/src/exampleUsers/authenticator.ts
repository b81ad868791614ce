import { Config } from '@backstage/config';
import { stringifyEntityRef, parseEntityRef } from '@backstage/catalog-model';
import {
  AuthenticationError,
  InputError,
  NotAllowedError,
} from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';

/** Names the user that the sign-in page offers. Read nowhere else. */
export const EXAMPLE_USER_HEADER = 'x-meshway-example-user';

export type ExampleUser = { entityRef: string };

/** The users that may be chosen, and whether choosing is allowed here at all. */
export type ExampleUsers = { users: ReadonlySet<string>; refusal?: string };

/** @throws InputError when `users` holds something that is no user. */
export function readExampleUsers(
  config: Config,
  environment: { auth?: string; process?: string },
): ExampleUsers {
  const users = (config.getOptionalStringArray('users') ?? []).map(
    (text, index) => {
      const ref = parseEntityRef(text, { defaultKind: 'user' });
      if (ref.kind.toLocaleLowerCase('en-US') !== 'user') {
        throw new InputError(
          `auth.providers.example.users[${index}]: ${text} is no user`,
        );
      }
      return stringifyEntityRef(ref);
    },
  );
  const isDevelopment =
    environment.auth === 'development' && environment.process === 'development';
  return {
    users: new Set(users),
    refusal: isDevelopment
      ? undefined
      : 'Example users can sign in only in development (auth.environment and NODE_ENV).',
  };
}

/** @throws when nobody, or somebody who is not on the list, was chosen. */
export function chooseExampleUser(
  { users, refusal }: ExampleUsers,
  header: string | undefined,
): ExampleUser {
  if (refusal) throw new NotAllowedError(refusal);
  if (!header) {
    throw new AuthenticationError(
      `The header ${EXAMPLE_USER_HEADER} is missing`,
    );
  }
  const entityRef = /^[a-z0-9][a-z0-9._-]{0,62}$/.test(header)
    ? `user:default/${header}`
    : undefined;
  if (!entityRef || !users.has(entityRef)) {
    throw new NotAllowedError(
      `${EXAMPLE_USER_HEADER}: no such example user. Known: ${
        [...users].join(', ') || 'none'
      }.`,
    );
  }
  return { entityRef };
}

/** A proxy authenticator whose proxy is the developer at the keyboard. */
export const createExampleUserAuthenticator = (environment: {
  auth?: string;
  process?: string;
}) =>
  createProxyAuthenticator<ExampleUsers, ExampleUser, undefined>({
    async defaultProfileTransform({ entityRef }) {
      return { profile: { displayName: parseEntityRef(entityRef).name } };
    },
    initialize: ({ config }) => readExampleUsers(config, environment),
    async authenticate({ req }, users) {
      return {
        result: chooseExampleUser(users, req.header(EXAMPLE_USER_HEADER)),
      };
    },
  });
