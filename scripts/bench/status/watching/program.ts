// Loaded here, and not while it is measured.
import '@kubernetes/client-node';
import { observedResources } from '@meshway/plugin-meshed-service-common';
import {
  clusterFeed,
  ClusterStore,
  LiveSource,
  Secret,
} from '@meshway/plugin-meshed-service-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { answering } from '../aside';
import { benchPlatform } from '../fleet';
import { longestBlock, memory } from '../portal/gauges';
import type { Watched, WatchSettings } from './settings';

const LOOK_MILLISECONDS = 5;
/** A cluster that cannot be followed is no reason to wait for ever. */
const PATIENCE_MILLISECONDS = 120_000;

const running: LiveSource[] = [];

async function watch({
  access,
  warmUp,
  podsOnly,
}: WatchSettings): Promise<Watched> {
  // What is made once, for the first connection and the first object, is no part of what objects cost.
  if (warmUp) await follow(warmUp, podsOnly);
  const before = await memory();
  longestBlock();
  const began = performance.now();
  const source = await follow(access, podsOnly);
  const milliseconds = performance.now() - began;
  const block = longestBlock();
  const after = await memory();
  const objects = source
    .collections()
    .reduce((sum, each) => sum + each.objects, 0);
  return { objects, milliseconds, longestBlock: block, before, after };
}

/** @returns what follows the cluster, as soon as everything is known. */
async function follow(
  access: WatchSettings['access'],
  podsOnly: boolean,
): Promise<LiveSource> {
  const { mesh, argocd } = benchPlatform;
  const store = new ClusterStore({ source: 'cluster bench', settings: mesh });
  const source = new LiveSource({
    cluster: 'bench',
    feed: clusterFeed(
      'bench',
      access.kind === 'address'
        ? { ...access, token: new Secret('bench') }
        : access,
    ),
    store,
    controlPlaneNamespace: mesh.controlPlaneNamespace,
    argocdNamespace: argocd.namespace,
    resources: observedResources.filter(
      ({ kind }) => !podsOnly || kind === 'Pod',
    ),
  });
  // Held until the end: what was let go would not be counted.
  running.push(source);
  source.start();
  const end = performance.now() + PATIENCE_MILLISECONDS;
  while (!isWhole(source)) {
    if (performance.now() > end)
      throw new Error(
        `Not everything can be followed: ${JSON.stringify(
          store.sources().filter(({ freshness }) => !isKnown(freshness)),
        )}`,
      );
    await sleep(LOOK_MILLISECONDS);
  }
  return source;
}

const isWhole = (source: LiveSource) =>
  source.collections().every(({ state }) => isKnown(state));

const isKnown = (state: string) =>
  state === 'current' || state === 'notInstalled';

answering({ watch });
