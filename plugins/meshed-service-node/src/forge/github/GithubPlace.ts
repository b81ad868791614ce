import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { ForgeUnavailableError } from '../Forge';
import { GithubConnection } from './GithubConnection';

/** Where on GitHub, and with whose token. */
export type GithubPlace = {
  host: string;
  owner: string;
  apiBaseUrl: string;
  /** Asked before every operation, because tokens of apps last an hour. */
  token(repository: string | undefined): Promise<string | undefined>;
};

/**
 * @returns the place with the credentials of Backstage's integrations.
 * @throws InputError naming the key when no integration knows the host.
 */
export function githubPlaceFrom(
  config: Config,
  { host, owner }: { host: string; owner: string },
): GithubPlace {
  const integrations = ScmIntegrations.fromConfig(config);
  const apiBaseUrl = integrations.github.byHost(host)?.config.apiBaseUrl;
  if (!apiBaseUrl)
    throw new InputError(
      `meshedService.forge.github.host: no entry of integrations.github is about ${host}; add one`,
    );
  const provider =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  const base = `https://${host}/${owner}`;
  return {
    host,
    owner,
    apiBaseUrl,
    token: async repository => {
      const url = repository ? `${base}/${repository}` : base;
      return (await provider.getCredentials({ url })).token;
    },
  };
}

/** @throws ForgeUnavailableError naming the setting when there are no credentials. */
export async function connectTo(
  place: GithubPlace,
  repository: string | undefined,
): Promise<GithubConnection> {
  const token = await place.token(repository);
  if (!token)
    throw new ForgeUnavailableError(
      `There are no credentials for ${place.host}/${place.owner}; add a token or an app under integrations.github`,
    );
  return new GithubConnection(place, token);
}
