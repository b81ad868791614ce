import {
  admit,
  GuardrailPack,
  kinds,
  KubernetesObject,
  MeshedServiceSpec,
  MeshStatus,
  MESHWAY_API_VERSION,
  parseMeshedServiceSpec,
  Platform,
  renderBundle,
  ServiceRef,
  Violation,
} from '@meshway/plugin-meshed-service-common';
import { ArgoCd } from '../argocd';
import { Clock } from '../http';
import { Kubernetes } from '../kubernetes';
import type { TrafficSource } from '../prometheus';
import { MeshedServicePublishing, ServiceRequest } from '../publishing';
import { Vault } from '../vault';
import { Holder, holderOf, withRecord } from './ownership';
import {
  wantedPolicy,
  WantedPolicy,
  wantedRole,
  WantedRole,
} from './vaultRole';

/**
 * One cluster, with the Argo CD that runs in it and the Vault that its services log in to.
 *
 * @public
 */
export type ProvisioningCluster = {
  kubernetes: Kubernetes;
  argocd: ArgoCd;
  /** Undefined when no Vault is configured; services without secrets do without. */
  vault: Vault | undefined;
};

/**
 * What provisioning is made of; each part stands behind a port of its own.
 *
 * @public
 */
export type ProvisioningParts = {
  platform: Platform;
  /** @throws InputError when the pack is missing or broken: then nothing may be written. */
  guardrails(): Promise<GuardrailPack>;
  /** @throws InputError naming the clusters that there are. */
  cluster(name: string): ProvisioningCluster;
  /** Repositories and claims; without it (on the command line) only the running systems are looked after. */
  publishing?: MeshedServicePublishing;
  /** What the mesh makes of services, as it is watched; without it, a verification says nothing about it. */
  statuses?: {
    read(service: ServiceRef, spec?: MeshedServiceSpec): Promise<MeshStatus>;
    /** Asks now what is only asked now and then. */
    renew?(
      service: ServiceRef,
      spec: MeshedServiceSpec,
      signal?: AbortSignal,
    ): Promise<void>;
  };
  /** Whoever measures traffic; without it every move forward needs a stated reason. */
  traffic?: Pick<TrafficSource, 'audit'>;
  clock: Clock;
  /** How often is looked while others are waited for; 1 when absent. */
  pollSeconds?: number;
};

/** A request, parsed and rendered: what shall be, and what the rules say of it. */
export type Wanted = {
  request: ServiceRequest;
  spec: MeshedServiceSpec;
  holder: Holder;
  /** Objects of the cluster, each with the record of its owner. The namespace is the first. */
  objects: KubernetesObject[];
  role: WantedRole | undefined;
  policy: WantedPolicy | undefined;
  violations: Violation[];
};

/** Reads the original values, renders them, and judges exactly what would be written. */
export async function wantedOf(
  request: ServiceRequest,
  parts: ProvisioningParts,
  transferFrom?: string,
): Promise<Wanted> {
  const spec = parseMeshedServiceSpec(request.service);
  const holder = holderOf(spec, transferFrom);
  const { objects } = renderBundle(spec, parts.platform);
  const recorded = objects.map(object => withRecord(object, holder));
  const payload = ({ kind }: { kind: string }) =>
    objects.find(object => object.kind === kind);
  const role = payload(kinds.VaultRole);
  const policy = payload(kinds.VaultPolicy);
  return {
    request,
    spec,
    holder,
    objects: recorded.filter(
      ({ apiVersion }) => apiVersion !== MESHWAY_API_VERSION,
    ),
    role: role && wantedRole(role),
    policy: policy && wantedPolicy(policy, holder.service),
    violations: admit(recorded, await parts.guardrails()),
  };
}
