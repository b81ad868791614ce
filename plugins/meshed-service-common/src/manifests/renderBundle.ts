import { names, type KubernetesObject, type Platform } from '../model';
import { hasRateLimit, type MeshedServiceSpec } from '../spec';
import { renderArgoApplication } from './argoApplication';
import { renderArgoRegistration } from './argoRegistration';
import { renderClientPolicies } from './authorizationPolicy';
import type { Bundle } from './Bundle';
import { renderEgressNetwork } from './egressNetwork';
import { renderEgressNetworkPolicy } from './egressNetworkPolicy';
import { hasGrpcProbe, renderGrpcProbes } from './grpcProbes';
import { renderLimitRange } from './limitRange';
import { renderMeshTlsAuthentications } from './meshTlsAuthentication';
import { renderNamespace } from './namespace';
import { renderNetworkAuthentication } from './networkAuthentication';
import {
  renderMeshNetworkPolicy,
  renderPortsNetworkPolicy,
} from './networkPolicies';
import { renderProxyAdmin } from './proxyAdmin';
import { renderRateLimit } from './rateLimit';
import { renderResourceQuota } from './resourceQuota';
import { renderRole } from './role';
import { renderRoleBinding } from './roleBinding';
import { renderServer } from './server';
import { renderServiceAccount } from './serviceAccount';
import { renderVaultAuth } from './vaultAuth';
import { renderVaultPolicy } from './vaultPolicy';
import { renderVaultRole } from './vaultRole';
import { renderVaultStaticSecret } from './vaultStaticSecret';
import { renderWorkloadPatch } from './workloadPatch';

/**
 * Renders everything that a service needs, in the order in which it has to be created. Cannot fail: what cannot be
 * rendered was refused by `parseMeshedServiceSpec`.
 *
 * @public
 */
export function renderBundle(
  spec: MeshedServiceSpec,
  platform: Platform,
): Bundle {
  return {
    objects: [
      renderNamespace(spec, platform),
      renderServiceAccount(spec),
      renderRole(spec),
      renderRoleBinding(spec),
      ...quota(spec),
      ...network(spec, platform),
      ...spec.ports.map(port => renderServer(spec, port)),
      ...renderMeshTlsAuthentications(spec),
      ...renderClientPolicies(spec),
      ...probesAndMetrics(spec, platform),
      ...limits(spec, platform),
      ...secrets(spec, platform),
      spec.delivery.mode === 'gitops'
        ? renderArgoRegistration(spec, platform)
        : renderArgoApplication(spec, platform),
    ],
  };
}

function quota(spec: MeshedServiceSpec): KubernetesObject[] {
  return spec.quota
    ? [renderResourceQuota(spec, spec.quota), renderLimitRange(spec)]
    : [];
}

function network(
  spec: MeshedServiceSpec,
  platform: Platform,
): KubernetesObject[] {
  const open = spec.phase !== 'enforce' && spec.ports.length > 0;
  return [
    renderMeshNetworkPolicy(spec),
    ...(open ? [renderPortsNetworkPolicy(spec)] : []),
    ...(spec.egress
      ? [renderEgressNetworkPolicy(spec, spec.egress, platform)]
      : []),
  ];
}

function probesAndMetrics(
  spec: MeshedServiceSpec,
  platform: Platform,
): KubernetesObject[] {
  const grpcPorts = spec.ports.filter(hasGrpcProbe);
  const guarded = spec.phase === 'enforce';
  return [
    ...(grpcPorts.length > 0 || guarded
      ? [
          renderNetworkAuthentication(
            spec,
            names.probeNetworks(spec),
            platform.mesh.probeNetworks,
          ),
        ]
      : []),
    ...grpcPorts.flatMap(port => renderGrpcProbes(spec, port)),
    ...(guarded ? renderProxyAdmin(spec, platform) : []),
  ];
}

function limits(
  spec: MeshedServiceSpec,
  platform: Platform,
): KubernetesObject[] {
  const { rateLimit, egress } = spec;
  return [
    ...(rateLimit
      ? spec.ports
          .filter(hasRateLimit)
          .map(port => renderRateLimit(spec, port, rateLimit))
      : []),
    ...(egress ? [renderEgressNetwork(spec, egress, platform)] : []),
  ];
}

function secrets(
  spec: MeshedServiceSpec,
  platform: Platform,
): KubernetesObject[] {
  const { delivery, paths } = spec.secrets;
  if (delivery === 'none') return [];
  return [
    ...(delivery === 'vso'
      ? [
          renderVaultAuth(spec, platform),
          ...paths.map(path => renderVaultStaticSecret(spec, path, platform)),
        ]
      : [renderWorkloadPatch(spec, platform)]),
    renderVaultRole(spec, platform),
    ...(platform.vault.policyPerService
      ? [renderVaultPolicy(spec, platform)]
      : []),
  ];
}
