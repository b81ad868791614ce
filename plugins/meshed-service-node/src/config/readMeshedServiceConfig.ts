import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { targetPaths } from '@backstage/cli-common';
import { Config } from '@backstage/config';
import {
  defaultPlatform,
  Pattern,
  patterns,
  Platform,
} from '@meshway/plugin-meshed-service-common';
import { resolve } from 'node:path';
import { ForgeConfig, MeshedServiceConfig } from './MeshedServiceConfig';
import { folder } from './patterns';
import { readClusters } from './readClusters';
import { readPlatform } from './readPlatform';
import { readRateLimits } from './readRateLimits';
import { readStatuses } from './readStatuses';
import { readTimeouts } from './readTimeouts';
import { readVault } from './readVault';
import { SettingsReader } from './SettingsReader';

const host: Pattern = {
  expression: /^[a-z0-9](?:[-.a-z0-9]*[a-z0-9])?(?::\d{1,5})?$/,
  right: 'a host such as github.com',
};
const githubOwner: Pattern = {
  expression: /^[A-Za-z0-9](?:-?[A-Za-z0-9])*$/,
  right: 'the organization or user that repositories are made in, such as acme',
};
const repository: Pattern = {
  expression: /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/,
  right: 'the name of a repository, such as meshway-registry',
};

/**
 * Reads the section `meshedService`. It may be absent: the defaults make a portal that needs no account and no cluster.
 *
 * @param options - `root`: folder that relative folders are relative to; the root of the repository that the process runs
 *   in when absent (the backend of a portal runs in `packages/backend`), or the working folder where there is none.
 * @throws InputError naming the key and the way out.
 *
 * @public
 */
export function readMeshedServiceConfig(
  config: Config,
  options?: { root?: string },
): MeshedServiceConfig {
  const settings = new SettingsReader(
    config.getOptionalConfig('meshedService'),
    'meshedService',
  ).only(
    'platform',
    'clusters',
    'vault',
    'timeouts',
    'rateLimits',
    'statuses',
    'guardrails',
    'skeletons',
    'forge',
    'governance',
  );
  const root = options?.root ?? portalRoot();
  const inRoot = (path: string) => resolve(root, path);
  const forge = readForge(settings.part('forge'), inRoot);
  const vault = readVault(settings, inRoot);
  return {
    platform: readPlatform(settings.part('platform'), defaultsFor(forge)),
    clusters: readClusters(eachOnce(settings, 'clusters'), inRoot),
    ...(vault === undefined ? {} : { vault }),
    timeouts: readTimeouts(settings.part('timeouts')),
    rateLimits: readRateLimits(settings.part('rateLimits')),
    statuses: readStatuses(settings.part('statuses')),
    guardrails: {
      pack: inRoot(
        settings.part('guardrails').only('pack').text('pack', folder) ??
          'infra/guardrails',
      ),
    },
    skeletons: readSkeletons(settings, inRoot),
    forge,
    governance: { platformGroup: readPlatformGroup(settings) },
    appBaseUrl: (
      config.getOptionalString('app.baseUrl') ?? 'http://localhost:3000'
    ).replace(/\/+$/, ''),
  };
}

function portalRoot(): string {
  try {
    return targetPaths.rootDir;
  } catch {
    return process.cwd();
  }
}

function readForge(
  forge: SettingsReader,
  inRoot: (path: string) => string,
): ForgeConfig {
  forge.only('kind', 'local', 'github', 'registry');
  const registry = forge.text('registry', repository) ?? 'meshway-registry';
  const local = forge.part('local').only('path');
  const github = forge.part('github').only('host', 'owner');
  switch (forge.choice('kind', ['local', 'github'] as const) ?? 'local') {
    case 'github':
      return {
        kind: 'github',
        host: github.text('host', host) ?? 'github.com',
        owner: github.required('owner', githubOwner),
        registry,
      };
    default:
      return {
        kind: 'local',
        path: inRoot(local.text('path', folder) ?? '.meshway/repositories'),
        registry,
      };
  }
}

/** On GitHub the address that Argo CD clones from follows from the forge. */
function defaultsFor(forge: ForgeConfig): Platform {
  return forge.kind === 'github'
    ? {
        ...defaultPlatform,
        forge: {
          repositoryUrl: `https://${forge.host}/${forge.owner}/{repository}.git`,
        },
      }
    : defaultPlatform;
}

function readSkeletons(
  settings: SettingsReader,
  inRoot: (path: string) => string,
): MeshedServiceConfig['skeletons'] {
  const skeletons = eachOnce(settings, 'skeletons').map(skeleton => ({
    name: skeleton.only('name', 'path').required('name', patterns.dnsLabel),
    path: inRoot(skeleton.required('path', folder)),
  }));
  return skeletons.length > 0
    ? skeletons
    : [{ name: 'meshed-service', path: inRoot('skeleton/meshed-service') }];
}

/** @throws InputError when a name stands twice: only one of the two could ever be meant. */
function eachOnce(settings: SettingsReader, name: string): SettingsReader[] {
  const parts = settings.list(name) ?? [];
  const seen = new Set<string | undefined>();
  for (const part of parts) {
    const entry = part.text('name');
    if (seen.has(entry))
      throw part.problem(
        'name',
        `${JSON.stringify(
          entry?.slice(0, 80),
        )} stands twice; give each its own name`,
      );
    seen.add(entry);
  }
  return parts;
}

function readPlatformGroup(settings: SettingsReader): string {
  const governance = settings.part('governance').only('platformGroup');
  const written = governance.text('platformGroup') ?? 'group:default/platform';
  try {
    const group = parseEntityRef(written, {
      defaultKind: 'group',
      defaultNamespace: 'default',
    });
    if (group.kind.toLocaleLowerCase('en-US') === 'group')
      return stringifyEntityRef(group);
  } catch {
    // Falls through to the one refusal.
  }
  throw governance.problem(
    'platformGroup',
    `${JSON.stringify(
      written.slice(0, 80),
    )} is not a group; write a reference such as group:default/platform`,
  );
}
