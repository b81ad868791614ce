import { Config } from '@backstage/config';
import { MeshedServiceConfig } from '../config';
import { Forge } from './Forge';
import { GithubForge } from './github/GithubForge';
import { LocalForge } from './local/LocalForge';

/**
 * @returns the forge that is configured.
 * @param config - the whole configuration, for Backstage's integrations.
 * @throws InputError naming the key when GitHub is chosen and no integration knows its host.
 *
 * @public
 */
export function forgeFromConfig(
  { forge, appBaseUrl }: MeshedServiceConfig,
  config: Config,
): Forge {
  return forge.kind === 'local'
    ? new LocalForge({ path: forge.path, appBaseUrl })
    : GithubForge.fromConfig(config, forge);
}
