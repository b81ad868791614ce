import { Config, ConfigReader } from '@backstage/config';
import type { JsonObject, JsonValue } from '@backstage/types';
import {
  MeshedServiceConfig,
  readMeshedServiceConfig,
} from '@meshway/plugin-meshed-service-node';
import path from 'node:path';
import type { Terminal } from '../Terminal';
import { UnreadableError } from '../UnreadableError';
import { readDocuments } from './readDocuments';
import { readTexts } from './readTexts';

/** A portal's configuration, as far as the command line has a use for it. */
export type PortalConfig = {
  /** The whole file, for Backstage's integrations. */
  config: Config;
  settings: MeshedServiceConfig;
  /** What the file says of Vault; how the portal logs in is left out. */
  vault: { address?: string; caFile?: string; namespace?: string };
  /** Whether the file names a pack; relative paths are those of its folder. */
  hasGuardrails: boolean;
};

/**
 * Reads a portal's configuration file. Variables of the environment are replaced as in a portal; one that is not set stays as
 * it is written. The portal's own credentials for clusters and Vault are passed over: whoever runs a command has his own.
 *
 * @throws UnreadableError or InputError naming the key.
 */
export async function readPortalConfig(
  file: string,
  terminal: Pick<Terminal, 'readStdin'>,
): Promise<PortalConfig> {
  const [text, ...more] = await readTexts([file], terminal);
  if (!text || text.found || more.length > 0)
    throw new UnreadableError(`${file}: is a folder; name a file`);
  const [document, ...others] = readDocuments(text);
  if (!isObject(document?.value) || others.length > 0)
    throw new UnreadableError(`${file}: is not a configuration of a portal`);
  const { value, vault } = withoutCredentials(replaced(document.value));
  const config = new ConfigReader(value, file);
  const root = path.dirname(path.resolve(file));
  const { caFile, ...rest } = vault;
  return {
    config,
    settings: readMeshedServiceConfig(config, { root }),
    vault: {
      ...rest,
      ...(caFile ? { caFile: path.resolve(root, caFile) } : {}),
    },
    hasGuardrails: config.has('meshedService.guardrails.pack'),
  };
}

const variable = /\$(\$?)\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^{}]*))?\}/g;

function replaced<Value extends JsonValue | undefined>(value: Value): Value;
function replaced(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === 'string')
    return value.replace(variable, (whole, escape, name, otherwise) =>
      escape ? whole.slice(1) : process.env[name] ?? otherwise ?? whole,
    );
  if (Array.isArray(value)) return value.map(each => replaced(each));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, replaced(each)]),
  );
}

function withoutCredentials(value: JsonObject): {
  value: JsonObject;
  vault: PortalConfig['vault'];
} {
  const { meshedService } = value;
  if (!isObject(meshedService)) return { value, vault: {} };
  const { vault, clusters, ...rest } = meshedService;
  return {
    value: {
      ...value,
      meshedService: {
        ...rest,
        ...(clusters === undefined
          ? {}
          : {
              clusters: Array.isArray(clusters)
                ? clusters.map(withoutAccess)
                : clusters,
            }),
      },
    },
    vault: isObject(vault) ? placeOf(vault) : {},
  };
}

function withoutAccess(cluster: JsonValue): JsonValue {
  if (!isObject(cluster)) return cluster;
  const { name, snapshot } = cluster;
  return {
    ...(name === undefined ? {} : { name }),
    ...(snapshot === undefined ? {} : { snapshot }),
  };
}

function placeOf(vault: JsonObject): PortalConfig['vault'] {
  return Object.fromEntries(
    ['address', 'caFile', 'namespace'].flatMap(key => {
      const value = vault[key];
      return typeof value === 'string' ? [[key, value]] : [];
    }),
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
