import {
  names,
  renderBundle,
  STAMP_PATH,
  stampOf,
  writeStamp,
} from '@meshway/plugin-meshed-service-common';
import { claimFile, LocalForge } from '@meshway/plugin-meshed-service-node';
import path from 'node:path';
import { benchPlatform, benchService } from '../fleet';
import { writeBareRepository } from './bareRepository';
import type { PortalSettings } from './settings';

const by = {
  author: { name: 'Bench', email: 'bench@localhost' },
  message: 'Bench\n',
};
const PLACEHOLDER = 'service-00000';

/** Writes what publishing would have left: a claim for each service, and a repository with its stamp for some. */
export async function makeRegistry(
  folder: string,
  { claimed, stamped }: Pick<PortalSettings, 'claimed' | 'stamped'>,
): Promise<void> {
  const forge = new LocalForge({
    path: folder,
    appBaseUrl: 'http://localhost:3000',
  });
  const spec = benchService(PLACEHOLDER);
  const file = names.registration(spec);
  const text = claimFile(spec, renderBundle(spec, benchPlatform));
  const claims = claimed.map((name): [string, string] => [
    file.replaceAll(PLACEHOLDER, name),
    text.replaceAll(PLACEHOLDER, name),
  ]);
  await forge.create('meshway-registry', new Map(claims), by);
  for (const name of stamped)
    writeBareRepository(
      path.join(folder, `${name}.git`),
      STAMP_PATH,
      stampFile(name),
    );
}

function stampFile(name: string): string {
  return writeStamp(
    stampOf(benchService(name), {
      template: { ref: 'template:default/meshed-service', version: '1.0.0' },
      guardrails: { name: 'baseline', digest: `sha256:${'0'.repeat(64)}` },
      created: { by: 'user:default/guest', at: '2026-01-31T10:00:00Z' },
      managed: [],
      team: [],
    }),
  );
}
