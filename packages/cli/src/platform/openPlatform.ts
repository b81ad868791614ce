import { InputError } from '@backstage/errors';
import { defaultPlatform } from '@meshway/plugin-meshed-service-common';
import {
  ClusterTarget,
  DefaultProvisioning,
  DefaultPublishing,
  defaultRequestLimits,
  forgeFromConfig,
  guardrailsFrom,
  Kubernetes,
  MeshedServiceProvisioning,
  MeshedServicePublishing,
  MeshStatuses,
  readClusterTarget,
  systemClock,
  systemsFromConfig,
  trafficFromConfig,
} from '@meshway/plugin-meshed-service-node';
import { guardrailFolder, PortalConfig, readPortalConfig } from '../input';
import type { Terminal } from '../Terminal';
import { clusterAccess } from './clusterAccess';
import { vaultAccess } from './vaultAccess';

/** Options of every command that asks the real systems. */
export type PlatformOptions = {
  kubeconfig?: string;
  context?: string;
  vaultTokenFile?: string;
  config?: string;
  guardrails?: string;
  /** Nothing but this one is watched. */
  namespace?: string;
};

/** The real systems of one cluster. */
export type OpenPlatform = {
  provisioning: MeshedServiceProvisioning;
  kubernetes: Kubernetes;
  /** Repositories and claims; undefined where no configuration names a forge. */
  publishing: MeshedServicePublishing | undefined;
  /** Reads what the mesh makes of services, and watches it from then on. */
  watch(signal: AbortSignal): Promise<void>;
  /** Where requests go, for people. */
  target: ClusterTarget & { cluster: string; vault?: string };
  close(): Promise<void>;
};

/**
 * Connects a command to what its options and the environment name. Nothing is asked yet.
 *
 * @throws UnreadableError or InputError with the way out.
 */
export async function openPlatform(
  cluster: string,
  options: PlatformOptions,
  {
    terminal,
    packageFolder,
    env = process.env,
  }: {
    terminal: Terminal;
    packageFolder: string;
    env?: NodeJS.ProcessEnv;
  },
): Promise<OpenPlatform> {
  const portal =
    options.config === undefined
      ? undefined
      : await readPortalConfig(options.config, terminal);
  refuseUnknownCluster(cluster, portal);
  const access = clusterAccess(options, env);
  const target = await readClusterTarget(cluster, access);
  const vault = vaultAccess(options, env, portal?.vault);
  const platform = portal?.settings.platform ?? defaultPlatform;
  const pack = await guardrailFolder(
    options.guardrails ??
      (portal?.hasGuardrails ? portal.settings.guardrails.pack : undefined),
    packageFolder,
  );
  const publishing = portal && publishingOf(portal, cluster, pack);
  const timeouts = portal?.settings.timeouts ?? defaultRequestLimits;
  const statuses = MeshStatuses.create({
    clusters: [{ name: cluster, access, namespace: options.namespace }],
    platform,
    timeouts,
  });
  const systems = systemsFromConfig(
    {
      clusters: [{ name: cluster, access }],
      platform,
      timeouts,
      ...(vault ? { vault } : {}),
    },
    {
      onWarning: (warning, attempted) =>
        terminal.note(`Warning (${attempted}): ${warning}`),
    },
  );
  const traffic = portal && trafficFromConfig(portal.settings);
  return {
    provisioning: new DefaultProvisioning({
      platform,
      guardrails: guardrailsFrom(pack),
      cluster: name => ({ ...systems.cluster(name), vault: systems.vault }),
      ...(publishing ? { publishing } : {}),
      statuses,
      ...(traffic ? { traffic } : {}),
      clock: systemClock,
    }),
    watch: async signal => {
      await statuses.readOnce(signal);
      signal.throwIfAborted();
      statuses.start();
    },
    kubernetes: systems.cluster(cluster).kubernetes,
    publishing,
    target: { ...target, cluster, ...(vault ? { vault: vault.address } : {}) },
    close: async () => {
      await Promise.all([systems.close(), statuses.stop(), traffic?.stop()]);
    },
  };
}

/** A portal has a list of its clusters; one that does not stand there is a slip of the pen. */
function refuseUnknownCluster(
  cluster: string,
  portal: PortalConfig | undefined,
): void {
  const known = portal?.settings.clusters.map(({ name }) => name) ?? [];
  if (known.length > 0 && !known.includes(cluster))
    throw new InputError(
      `cluster: ${JSON.stringify(
        cluster,
      )} is not in meshedService.clusters; choose one of ${known.join(', ')}`,
    );
}

function publishingOf(
  { config, settings }: PortalConfig,
  cluster: string,
  pack: string,
): MeshedServicePublishing {
  const complete = {
    ...settings,
    guardrails: { pack },
    clusters:
      settings.clusters.length > 0 ? settings.clusters : [{ name: cluster }],
  };
  return new DefaultPublishing(complete, forgeFromConfig(settings, config));
}
