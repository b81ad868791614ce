import {
  kinds,
  names,
  phasePolicy,
  proxyPorts,
  workloadLabels,
  type KubernetesObject,
  type Platform,
} from '../model';
import type { MeshedServiceSpec } from '../spec';
import { authorizationPolicy } from './authorizationPolicy';
import { ownedMetadata } from './metadata';
import { renderNetworkAuthentication } from './networkAuthentication';
import { localRef } from './references';

/**
 * The namespace's default `deny` guards the proxy's own port as well: Prometheus would get 403, and with it went every
 * evidence of mTLS. So this port gets a Server with two routes: probes for the kubelet, metrics for Prometheus.
 */
export function renderProxyAdmin(
  spec: MeshedServiceSpec,
  platform: Platform,
): KubernetesObject[] {
  const probes = names.proxyProbes(spec);
  const metrics = names.proxyMetrics(spec);
  const scraper = renderScraper(spec, platform);
  return [
    {
      ...kinds.Server,
      metadata: ownedMetadata(spec, names.proxyAdmin(spec)),
      spec: {
        podSelector: { matchLabels: workloadLabels(spec) },
        port: proxyPorts.admin,
        proxyProtocol: 'HTTP/1',
        accessPolicy: phasePolicy[spec.phase],
      },
    },
    scraper,
    httpRoute(spec, probes, ['/live', '/ready']),
    httpRoute(spec, metrics, ['/metrics']),
    authorizationPolicy(spec, probes, {
      target: localRef(kinds.HTTPRoute, probes),
      authentication: localRef(
        kinds.NetworkAuthentication,
        names.probeNetworks(spec),
      ),
    }),
    authorizationPolicy(spec, metrics, {
      target: localRef(kinds.HTTPRoute, metrics),
      authentication: localRef(scraper, metrics),
    }),
  ];
}

/** Prometheus by its identity where it is meshed, else whoever comes from inside the cluster. */
function renderScraper(
  spec: MeshedServiceSpec,
  { prometheus, mesh }: Platform,
): KubernetesObject {
  const name = names.proxyMetrics(spec);
  if (prometheus.serviceAccount === undefined)
    return renderNetworkAuthentication(spec, name, mesh.clusterNetworks);
  return {
    ...kinds.MeshTLSAuthentication,
    metadata: ownedMetadata(spec, name),
    spec: {
      identityRefs: [
        {
          kind: kinds.ServiceAccount.kind,
          name: prometheus.serviceAccount,
          namespace: prometheus.namespace,
        },
      ],
    },
  };
}

function httpRoute(
  spec: MeshedServiceSpec,
  name: string,
  paths: string[],
): KubernetesObject {
  return {
    ...kinds.HTTPRoute,
    metadata: ownedMetadata(spec, name),
    spec: {
      parentRefs: [localRef(kinds.Server, names.proxyAdmin(spec))],
      rules: [
        {
          matches: paths.map(value => ({
            method: 'GET',
            path: { type: 'Exact', value },
          })),
        },
      ],
    },
  };
}
