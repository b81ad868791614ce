import { defaultRequestLimits } from '@meshway/plugin-meshed-service-node';
import {
  refuseUnlessFree,
  snapshotFiles,
  takeSnapshot,
  writeSnapshot,
} from '@meshway/plugin-meshed-service-node';
import { exitCodes } from '../exitCodes';
import { readPlatformFile } from '../input';
import {
  ClusterOptions,
  interruptible,
  openCluster,
  refuseUnlessAnythingIsSeen,
} from '../platform';
import { presentCluster } from '../present';
import type { Host } from '../program';
import { clusterName, namespaceName } from './names';

type SnapshotOptions = ClusterOptions & {
  output: string;
  namespace?: string;
  cluster: string;
  config?: string;
  json?: boolean;
};

/** Writes what a cluster shows into a folder. */
export async function writeSnapshotOf(
  options: SnapshotOptions,
  { terminal, finish }: Host,
): Promise<void> {
  const { output, json } = options;
  const cluster = clusterName(options.cluster);
  const namespace = namespaceName(options.namespace);
  const { mesh, argocd } = await readPlatformFile(options.config, terminal);
  await refuseUnlessFree(output);
  const taken = await interruptible(
    terminal,
    'Nothing was written.',
    async signal => {
      const { access, target } = await openCluster(
        cluster,
        options,
        defaultRequestLimits,
        signal,
      );
      terminal.note(presentCluster(target));
      return takeSnapshot({
        cluster,
        access,
        controlPlaneNamespace: mesh.controlPlaneNamespace,
        argocdNamespace: argocd.namespace,
        now: () => new Date().toISOString(),
        signal,
        ...(namespace === undefined ? {} : { namespace }),
      });
    },
  );
  const notRead = taken.gaps
    .filter(({ freshness }) => freshness.state !== 'notInstalled')
    .map(({ kind, freshness }) => ({ kind, ...freshness }));
  if (taken.objects.length === 0)
    refuseUnlessAnythingIsSeen(
      {
        name: cluster,
        sources: taken.gaps.map(({ kind, freshness }) => ({
          source: `cluster ${cluster}`,
          kind,
          freshness: freshness.state,
          ...(freshness.message ? { message: freshness.message } : {}),
        })),
      },
      namespace,
    );
  await writeSnapshot(output, snapshotFiles(taken));
  for (const { kind, state, message } of notRead)
    terminal.note(`${kind}: ${state}${message ? `, ${message}` : ''}`);
  const objects = taken.objects.length;
  terminal.print(
    json
      ? JSON.stringify({ folder: output, objects, notRead }, undefined, 2)
      : `${objects} objects in ${output}. Read its README.md before you send it on.`,
  );
  finish(notRead.length > 0 ? exitCodes.unknown : exitCodes.ok);
}
