import {
  defaultPlatform,
  patterns,
  Platform,
  Pattern,
} from '@meshway/plugin-meshed-service-common';
import { mount } from './patterns';
import { SettingsReader } from './SettingsReader';

const trustDomain: Pattern = {
  expression:
    /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/,
  right: 'a DNS name such as cluster.local',
};
const httpAddress: Pattern = {
  expression: /^https?:\/\/[^\s/?#@]+(?:\/[^\s?#@]*)?$/,
  right: 'an http or https address without credentials',
};
const audience: Pattern = {
  expression: /^[^\s*]{1,253}$/,
  right: 'one audience without spaces or wildcards, such as vault',
};
const repositoryUrl: Pattern = {
  expression:
    /^(?=[^{}]*\{repository\}[^{}]*$)(?:(?:https?|file):\/\/[^\s?#@]+|ssh:\/\/[^\s?#:@]+@[^\s?#@]+)$/,
  right:
    'an address that holds {repository} once, such as https://git.example.com/{repository}.git',
};

/** What the platform team decided: each setting that is not written has the default of `infra/`. */
export function readPlatform(
  platform: SettingsReader,
  defaults: Platform = defaultPlatform,
): Platform {
  platform.only('mesh', 'prometheus', 'vault', 'argocd', 'forge');
  return {
    mesh: readMesh(platform.part('mesh'), defaults.mesh),
    prometheus: readPrometheus(
      platform.part('prometheus'),
      defaults.prometheus,
    ),
    vault: readVault(platform.part('vault'), defaults.vault),
    argocd: readArgocd(platform.part('argocd'), defaults.argocd),
    forge: readForge(platform.part('forge'), defaults.forge),
  };
}

function readMesh(
  mesh: SettingsReader,
  defaults: Platform['mesh'],
): Platform['mesh'] {
  mesh.only(
    'controlPlaneNamespace',
    'trustDomain',
    'cni',
    'clusterNetworks',
    'probeNetworks',
  );
  return {
    controlPlaneNamespace:
      mesh.text('controlPlaneNamespace', patterns.namespaceLabel) ??
      defaults.controlPlaneNamespace,
    trustDomain: mesh.text('trustDomain', trustDomain) ?? defaults.trustDomain,
    cni: mesh.flag('cni') ?? defaults.cni,
    clusterNetworks:
      mesh.texts('clusterNetworks', patterns.cidr) ?? defaults.clusterNetworks,
    probeNetworks:
      mesh.texts('probeNetworks', patterns.cidr) ?? defaults.probeNetworks,
  };
}

function readPrometheus(
  prometheus: SettingsReader,
  defaults: Platform['prometheus'],
): Platform['prometheus'] {
  prometheus.only('namespace', 'serviceAccount');
  const serviceAccount =
    prometheus.text('serviceAccount', patterns.serviceAccountName) ??
    defaults.serviceAccount;
  return {
    namespace:
      prometheus.text('namespace', patterns.namespaceLabel) ??
      defaults.namespace,
    ...(serviceAccount === undefined ? {} : { serviceAccount }),
  };
}

function readVault(
  vault: SettingsReader,
  defaults: Platform['vault'],
): Platform['vault'] {
  vault.only(
    'namespace',
    'address',
    'authMount',
    'kvMount',
    'audience',
    'policyPerService',
    'tokenTtlSeconds',
  );
  return {
    namespace:
      vault.text('namespace', patterns.namespaceLabel) ?? defaults.namespace,
    address: vault.text('address', httpAddress) ?? defaults.address,
    authMount: vault.text('authMount', mount) ?? defaults.authMount,
    kvMount: vault.text('kvMount', mount) ?? defaults.kvMount,
    audience: vault.text('audience', audience) ?? defaults.audience,
    policyPerService:
      vault.flag('policyPerService') ?? defaults.policyPerService,
    tokenTtlSeconds:
      vault.wholeNumber('tokenTtlSeconds', { from: 60, to: 86_400 }) ??
      defaults.tokenTtlSeconds,
  };
}

function readArgocd(
  argocd: SettingsReader,
  defaults: Platform['argocd'],
): Platform['argocd'] {
  argocd.only('namespace', 'destinationServer');
  return {
    namespace:
      argocd.text('namespace', patterns.namespaceLabel) ?? defaults.namespace,
    destinationServer:
      argocd.text('destinationServer', httpAddress) ??
      defaults.destinationServer,
  };
}

function readForge(
  forge: SettingsReader,
  defaults: Platform['forge'],
): Platform['forge'] {
  forge.only('repositoryUrl');
  return {
    repositoryUrl:
      forge.text('repositoryUrl', repositoryUrl) ?? defaults.repositoryUrl,
  };
}
