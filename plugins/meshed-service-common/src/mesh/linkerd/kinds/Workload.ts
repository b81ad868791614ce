import { annotations } from '../../../model';
import { parsePorts, PortRange } from '../../injection';
import type { Origin } from '../../readable';

/**
 * What an inbound policy is about: a pod, or a machine outside of the cluster that takes part in the mesh.
 *
 * @public
 */
export type Workload = Origin & {
  kind: 'Pod' | 'ExternalWorkload';
  /** The policy controller knows every pod that carries its label, injected or not, and no other; and every external workload. */
  known: boolean;
  labels: ReadonlyMap<string, string>;
  /** As whoever looks after it says; a machine of which nobody says anything is not. */
  ready: boolean;
  /** TCP ports, by whose names Servers may mean them. */
  ports: ReadonlyArray<{ name?: string; port: number; ofProxy: boolean }>;
  /** What the kubelet asks by HTTP. */
  httpProbes: ReadonlyArray<{ port: number; path: string }>;
  /** As written; the mesh ignores what it does not know. */
  defaultInboundPolicy: string | undefined;
  /** What the injector wrote into the proxy: of the workload's annotation, else of the installation. */
  injectedInboundPolicy: string | undefined;
  opaquePorts: readonly PortRange[];
  identityRequiredPorts: readonly PortRange[];
};

/** @returns what annotations say of a workload. One bad entry in a list of ports voids the list. */
export function settingsIn(
  written: ReadonlyMap<string, string>,
): Pick<
  Workload,
  'defaultInboundPolicy' | 'opaquePorts' | 'identityRequiredPorts'
> {
  const portsIn = (key: string) => parsePorts(written.get(key) ?? '') ?? [];
  return {
    defaultInboundPolicy: written.get(annotations.linkerdDefaultInboundPolicy),
    opaquePorts: portsIn(annotations.linkerdOpaquePorts),
    identityRequiredPorts: portsIn(annotations.linkerdRequireIdentityPorts),
  };
}

/** Annotations by which a namespace or a workload configures the proxies that are injected. */
const proxySetting = /^config\.(alpha\.|beta\.)?linkerd\.io\//;

/** @returns what annotations say to the injector, by key. @public */
export function proxySettingsIn(
  written: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map([...written].filter(([key]) => proxySetting.test(key)));
}
