import { readFileSync } from 'node:fs';
import { ApiServer } from './cluster/ApiServer';
import { connect, connected, folderOf } from './connect';
import { partNames } from './parts';
import type { PlatformState } from './state';

/** The platform of `./dev platform up`, which outlives whoever asks for it. */
export type StandingPlatform = {
  state: PlatformState;
  /** As its administrator. */
  server: ApiServer;
  /** Ends it, unless it ran before it was asked for. */
  release(): Promise<void>;
};

/** Finds the platform that `./dev start --cluster` uses, or boots it: for tests that end a portal, and not its platform. */
export async function standingPlatform(): Promise<StandingPlatform> {
  const folder = folderOf('up');
  const found = await connected(folder);
  const platform = found ?? (await connect(folder));
  const state = await platform.provide(partNames);
  const { kubernetes } = state;
  if (!kubernetes) throw new Error('The platform has no Kubernetes.');
  const authority = readFileSync(kubernetes.caFile, 'utf8');
  return {
    state,
    server: new ApiServer(kubernetes.url, authority, kubernetes.adminToken),
    release: async () => (found ? undefined : platform.stop()),
  };
}
