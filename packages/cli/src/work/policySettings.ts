import {
  ClusterSettings,
  defaultPlatform,
  defaultPolicies,
  isLinkerdConfig,
  isNetwork,
  isUnreadable,
  KubernetesObject,
  parseDefaultPolicy,
  patterns,
  readLinkerdConfig,
} from '@meshway/plugin-meshed-service-common';
import { UnreadableError } from '../UnreadableError';

export type SettingsOptions = {
  defaultPolicy?: string;
  clusterNetworks?: string;
  probeNetworks?: string;
  identityDomain?: string;
  controlPlaneNamespace?: string;
};

/** How the control plane is set up, and where that is known from. */
export type KnownSettings = { settings: ClusterSettings; from: string };

/**
 * @returns the settings of the control plane: options first, then `linkerd-config`, then Linkerd's own defaults.
 * @throws UnreadableError naming the option or the field.
 */
export function settingsFrom(
  options: SettingsOptions,
  objects: readonly KubernetesObject[],
): KnownSettings {
  const given = fromOptions(options);
  const configs = objects.filter(isLinkerdConfig);
  if (configs.length > 1)
    throw new UnreadableError(
      `the snapshot holds linkerd-config of ${configs
        .map(({ metadata }) => `namespace ${metadata.namespace}`)
        .join(' and of ')}; leave one there`,
    );
  const { controlPlaneNamespace, trustDomain, clusterNetworks, probeNetworks } =
    defaultPlatform.mesh;
  const defaults = {
    ...{ controlPlaneNamespace, trustDomain, clusterNetworks, probeNetworks },
  };
  const read = configs.length === 1 ? readLinkerdConfig(configs[0]) : {};
  if (isUnreadable(read))
    throw new UnreadableError(
      `ConfigMap linkerd-config: ${read.because}; correct it in the snapshot, or take it out and give the settings as options`,
    );
  return {
    settings: { ...defaults, ...read, ...given },
    from: [
      ...(Object.keys(given).length > 0 ? ['options'] : []),
      configs.length > 0
        ? `ConfigMap ${configs[0].metadata.namespace}/linkerd-config`
        : "Linkerd's defaults (the snapshot has no ConfigMap linkerd-config)",
    ].join(', then '),
  };
}

function fromOptions(options: SettingsOptions): Partial<ClusterSettings> {
  const { defaultPolicy, identityDomain, controlPlaneNamespace } = options;
  const policy = parseDefaultPolicy(defaultPolicy);
  if (defaultPolicy !== undefined && !policy)
    throw refused(
      '--default-policy',
      defaultPolicy,
      `write one of ${defaultPolicies.join(', ')}`,
    );
  for (const [option, value] of [
    ['--identity-domain', identityDomain],
    ['--control-plane-namespace', controlPlaneNamespace],
  ] as const)
    if (value !== undefined && !/^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(value))
      throw refused(option, value, `write ${patterns.dnsLabel.right}`);
  const networks = networksIn('--cluster-networks', options.clusterNetworks);
  const probes = networksIn('--probe-networks', options.probeNetworks);
  return {
    ...(policy ? { defaultInboundPolicy: policy } : {}),
    ...(networks ? { clusterNetworks: networks } : {}),
    ...(probes ? { probeNetworks: probes } : {}),
    ...(identityDomain ? { trustDomain: identityDomain } : {}),
    ...(controlPlaneNamespace ? { controlPlaneNamespace } : {}),
  };
}

function networksIn(
  option: string,
  text: string | undefined,
): string[] | undefined {
  const networks = text
    ?.split(',')
    .map(each => each.trim())
    .filter(Boolean);
  const wrong = networks?.find(each => !isNetwork(each));
  if (wrong !== undefined)
    throw refused(
      option,
      wrong,
      'write networks with commas in between, as 10.0.0.0/8,fd00::/8',
    );
  return networks;
}

/** What an option cannot be, and the way out. */
export function refused(
  option: string,
  value: string,
  wayOut: string,
): UnreadableError {
  const shown = JSON.stringify(value.slice(0, 80));
  return new UnreadableError(`${option}: ${shown} is not possible; ${wayOut}`);
}
