import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  defaultPlatform,
  formatServiceRef,
  MeshedServiceSpec,
  parseMeshedServiceSpec,
  serviceRefOf,
  ServiceRef,
  toYaml,
} from '@meshway/plugin-meshed-service-common';
import { parse } from 'yaml';
import { readSnapshot } from '../cluster';
import { MeshStatuses } from './MeshStatuses';

/** Cluster that every example is for. */
const CLUSTER = 'local';

/**
 * The last step of an example: what the portal says about everything in its snapshot, and about the service of its spec.
 *
 * @param folder - of one example, with `4-observed` and perhaps `2-spec.yaml` in it.
 * @returns the content of files, by path relative to the folder.
 * @public
 */
export async function renderStatusExamples(
  folder: string,
): Promise<Map<string, string>> {
  const snapshot = join(folder, '4-observed');
  const { takenAt } = await readSnapshot(snapshot, {
    now: '9999-12-31T00:00:00Z',
  });
  const statuses = MeshStatuses.create({
    clusters: [{ name: CLUSTER, snapshot }],
    platform: defaultPlatform,
    now: () => takenAt,
  });
  const spec = await readSpec(folder);
  const services = new Map<string, ServiceRef>(
    (await statuses.list()).map(each => [formatServiceRef(each), each]),
  );
  if (spec) services.set(formatServiceRef(spec), serviceRefOf(spec));

  const files = new Map<string, string>();
  for (const [key, service] of [...services].sort()) {
    const asked = spec && formatServiceRef(spec) === key ? spec : undefined;
    const status = await statuses.read(service, asked);
    files.set(`5-status/${service.name}.yaml`, toYaml(status));
  }
  return files;
}

async function readSpec(
  folder: string,
): Promise<MeshedServiceSpec | undefined> {
  const text = await readFile(join(folder, '2-spec.yaml'), 'utf8').catch(
    () => undefined,
  );
  return text === undefined ? undefined : parseMeshedServiceSpec(parse(text));
}
