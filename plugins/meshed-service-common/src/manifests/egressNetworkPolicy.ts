import {
  kinds,
  labels,
  names,
  proxyPorts,
  workloadLabels,
  type KubernetesObject,
  type Platform,
} from '../model';
import type { Call, Egress, MeshedServiceSpec } from '../spec';
import { ownedMetadata } from './metadata';
import { everythingExcept } from './networks';

/** Where `kube-dns` lives, and the address of node-local DNS caches. */
const dns = { namespace: 'kube-system', nodeLocalCache: '169.254.20.10/32' };
/** Ports of identity, destination and policy; `4143` where their pods are dialled through their own proxies. */
const controlPlanePorts = [8080, 8086, 8090, proxyPorts.inbound];

/** Without `ports`: every port and protocol. */
type Rule = { to: object[]; ports?: object[] };

/** Egress: DNS, the mesh, what the service calls, Vault, and the networks that the spec allows. Nothing else. */
export function renderEgressNetworkPolicy(
  spec: MeshedServiceSpec,
  egress: Egress,
  platform: Platform,
): KubernetesObject {
  return {
    ...kinds.NetworkPolicy,
    metadata: ownedMetadata(spec, names.egressNetworkPolicy(spec)),
    spec: {
      podSelector: { matchLabels: workloadLabels(spec) },
      policyTypes: ['Egress'],
      egress: [
        {
          to: [
            toNamespace(dns.namespace),
            { ipBlock: { cidr: dns.nodeLocalCache } },
          ],
          ports: [
            { port: 53, protocol: 'UDP' },
            { port: 53, protocol: 'TCP' },
          ],
        },
        rule(
          toNamespace(platform.mesh.controlPlaneNamespace),
          controlPlanePorts,
        ),
        rule(toNamespace(platform.vault.namespace), [
          portOf(platform.vault.address),
          proxyPorts.inbound,
        ]),
        ...callRules(spec.calls),
        ...outside(egress, platform),
      ],
    },
  };
}

/**
 * A meshed callee is reached on 4143 whatever its port, an unmeshed one on its own. An entity of the catalog has no
 * address here: for it any meshed pod may be dialled, and the callee's own policy decides.
 */
function callRules(calls: readonly Call[]): Rule[] {
  const rules: Rule[] = [];
  if (calls.some(call => 'entityRef' in call))
    rules.push(rule({ namespaceSelector: {} }, [proxyPorts.inbound]));
  const ports = new Map<string, Set<number>>();
  for (const call of calls) {
    if ('entityRef' in call) continue;
    const known = ports.get(call.namespace) ?? new Set([proxyPorts.inbound]);
    ports.set(call.namespace, known.add(call.port));
  }
  for (const [namespace, numbers] of ports)
    rules.push(rule(toNamespace(namespace), [...numbers]));
  return rules;
}

function outside(egress: Egress, platform: Platform): Rule[] {
  if (egress.trafficPolicy === 'Allow')
    return [
      {
        to: everythingExcept(platform.mesh.clusterNetworks).map(ipBlock => ({
          ipBlock,
        })),
      },
      ...allowed(egress),
    ];
  return allowed(egress);
}

function allowed(egress: Egress): Rule[] {
  return egress.allow.map(({ cidr, ports }) =>
    rule({ ipBlock: { cidr } }, ports),
  );
}

function rule(to: object, ports: readonly number[]): Rule {
  return { to: [to], ports: ports.map(port => ({ port, protocol: 'TCP' })) };
}

function toNamespace(namespace: string) {
  return {
    namespaceSelector: { matchLabels: { [labels.namespaceName]: namespace } },
  };
}

function portOf(address: string): number {
  const [, scheme, port] =
    /^(https?):\/\/[^/]*?(?::(\d+))?(?:\/|$)/.exec(address) ?? [];
  if (port) return Number(port);
  return scheme === 'http' ? 80 : 443;
}
