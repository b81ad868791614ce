import { InputError } from '@backstage/errors';
import { ArgoCd, ArgoCdResources } from '../argocd';
import type { MeshedServiceConfig } from '../config';
import { Clock, HttpSender } from '../http';
import { Kubernetes, KubernetesOverHttp } from '../kubernetes';
import { Vault, VaultOverHttp } from '../vault';

/**
 * Ports to what runs.
 *
 * @public
 */
export type Systems = {
  /** @throws InputError naming the clusters that there are. */
  cluster(name: string): { kubernetes: Kubernetes; argocd: ArgoCd };
  /** Undefined when no Vault is configured. */
  vault: Vault | undefined;
  /** Lets go of all connections. */
  close(): Promise<void>;
};

/** @public */
export type SystemsOptions = {
  clock?: Clock;
  /** Told what an API server warns of: deprecated versions, unknown fields. */
  onWarning?: (warning: string, attempted: string) => void;
};

/**
 * Makes the ports of everything that the configuration names. Nothing is asked yet, so that a cluster that is down keeps
 * nobody from starting.
 *
 * @public
 */
export function systemsFromConfig(
  {
    clusters,
    platform,
    timeouts,
    vault: vaultAccess,
  }: Pick<MeshedServiceConfig, 'clusters' | 'platform' | 'timeouts' | 'vault'>,
  { clock, onWarning }: SystemsOptions = {},
): Systems {
  const sender = new HttpSender(timeouts, clock);
  const live = new Map(
    clusters.flatMap(({ name, access }) =>
      access
        ? [
            [
              name,
              new KubernetesOverHttp(name, access, sender, { onWarning }),
            ] as const,
          ]
        : [],
    ),
  );
  const vault = vaultAccess && new VaultOverHttp(vaultAccess, sender);
  return {
    vault,
    cluster(name) {
      const kubernetes = live.get(name);
      if (!kubernetes)
        throw clusters.some(cluster => cluster.name === name)
          ? new InputError(
              `Cluster ${name} is only looked at: meshedService.clusters says how it is read, and not how it is written to. Ask the platform team to add kubeconfig, or url and tokenFile, or choose ${listed(
                live.keys(),
              )}.`,
            )
          : new InputError(
              `There is no cluster ${JSON.stringify(
                name.slice(0, 80),
              )} here. Choose ${listed(live.keys())}.`,
            );
      return {
        kubernetes,
        argocd: new ArgoCdResources(kubernetes, platform.argocd.namespace),
      };
    },
    async close() {
      await Promise.all([
        ...[...live.values()].map(kubernetes => kubernetes.close()),
        vault?.close(),
      ]);
    },
  };
}

function listed(names: Iterable<string>): string {
  const all = [...names];
  return all.length > 0 ? all.join(', ') : 'another (there is none yet)';
}
