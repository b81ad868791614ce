import { Platform } from '@meshway/plugin-meshed-service-common';
import type { RequestLimits } from '../http';
import type { ClusterAccess } from '../kubernetes';
import type { PrometheusAccess } from '../prometheus';
import type { VaultAccess } from '../vault';

/**
 * Where repositories live.
 *
 * @public
 */
export type ForgeConfig =
  | {
      kind: 'local';
      /** Absolute folder of the bare repositories. */
      path: string;
      /** Name of the repository that holds the claims. */
      registry: string;
    }
  | {
      kind: 'github';
      /** A host that `integrations.github` knows. */
      host: string;
      /** Organization or user that every repository is made in. */
      owner: string;
      /** Name of the repository that holds the claims. */
      registry: string;
    };

/**
 * How often one user may ask.
 *
 * @public
 */
export type RateLimits = {
  /** Requests that write, or wait for what was written. */
  writesPerMinute: number;
  /** Plans, of changes and of retirements: each asks every system. */
  plansPerMinute: number;
};

/**
 * How statuses are answered.
 *
 * @public
 */
export type StatusSettings = {
  /** How long the policy's answer about what a user may read is remembered; 0 asks it for each request. */
  permissionSeconds: number;
  /** How long a service has to stay down before its owner is notified; 0: nobody is. */
  notifyAfterSeconds: number;
};

/**
 * The section `meshedService` of the configuration, with every default filled in and every folder absolute.
 *
 * @public
 */
export type MeshedServiceConfig = {
  platform: Platform;
  /** Clusters that services may be asked for. */
  clusters: Array<{
    name: string;
    /** Absolute folder of Kubernetes objects that is read instead of the live cluster. */
    snapshot?: string;
    /** How the portal itself reaches it: it is watched, where there is no snapshot, and services are provisioned there. */
    access?: ClusterAccess;
    /** Which Prometheus scrapes its proxies; without it nothing is known of traffic there. */
    prometheus?: PrometheusAccess;
  }>;
  /** How the portal itself reaches Vault; without it no role is written. */
  vault?: VaultAccess;
  /** How long is waited for clusters and Vault, and how often they are asked. */
  timeouts: RequestLimits;
  /** How often one user may ask, by process of the portal. */
  rateLimits: RateLimits;
  statuses: StatusSettings;
  guardrails: {
    /** Absolute folder of the pack that judges every write. */
    pack: string;
  };
  /** Absolute folders of the skeletons, by name. */
  skeletons: Array<{ name: string; path: string }>;
  forge: ForgeConfig;
  governance: {
    /** Full reference of the group that may do everything. */
    platformGroup: string;
  };
  /** Address of the portal, without a slash at the end: source links of the local forge start with it. */
  appBaseUrl: string;
};
