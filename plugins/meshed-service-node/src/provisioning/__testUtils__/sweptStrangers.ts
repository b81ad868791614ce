import {
  formatObjectRef,
  kinds,
  KubernetesObject,
  labels,
  MESHWAY_API_VERSION,
  names,
  ObjectRef,
  parseMeshedServiceSpec,
  Platform,
  refOf,
  renderBundle,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';
import type { ServiceRequest } from '../../publishing';
import { VaultOverHttp } from '../../vault';
import { PROJECT } from './aCluster';
import {
  administrator,
  aForeignAccount,
  aForeignNamespace,
  withoutRuns,
} from './anAdministrator';

const AUTH_MOUNT = 'kubernetes';

/** What others have next to one swept service and in its namespace, and whether anybody has touched it. */
export class Strangers {
  private readonly objects = new Map<ObjectRef, string>();
  private readonly roles = new Map<string, string>();
  private moved: Promise<void> | undefined;

  constructor(
    private readonly admin: ReturnType<typeof administrator>,
    private readonly vault: VaultOverHttp,
  ) {}

  /** Others have a namespace, an application and a role whose names are nearly the same, and in the namespace everything by the very names. */
  async settleBeside(
    { cluster, namespace, name }: ServiceRef,
    { service }: ServiceRequest,
    platform: Platform,
  ): Promise<void> {
    const ref = { cluster, namespace: `${namespace}-2`, name };
    const { objects } = renderBundle(parseMeshedServiceSpec(service), platform);
    await this.make(aForeignNamespace(ref.namespace));
    await Promise.all([
      ...objects
        .filter(({ apiVersion }) => apiVersion !== MESHWAY_API_VERSION)
        .filter(({ kind }) => kind !== kinds.Namespace.kind)
        .map(object => this.make(ofOthers(object, ref.namespace))),
      this.make({
        ...kinds.Application,
        metadata: {
          name: names.argoApplication(ref),
          namespace: platform.argocd.namespace,
        },
        spec: { project: PROJECT, destination: {} },
      }),
      this.makeRole(ref),
    ]);
  }

  /** Others make something in the service's own namespace; but once, however often it is asked for. */
  moveInto(namespace: string): Promise<void> {
    this.moved ??= Promise.all([
      this.make(aForeignAccount(namespace, 'robot')),
      this.make({
        ...kinds.ConfigMap,
        metadata: {
          name: 'settings',
          namespace,
          labels: { [labels.managedBy]: 'Helm' },
        },
        data: { colour: 'green' },
      }),
    ]).then(() => undefined);
    return this.moved;
  }

  /** Whether they have something in the service's own namespace. */
  get haveMovedIn(): boolean {
    return this.moved !== undefined;
  }

  /** @returns in words, what is not any more as they have made it. */
  async touched(): Promise<string[]> {
    const objects = [...this.objects].map(async ([ref, before]) =>
      (await this.objectNow(ref)) === before
        ? []
        : [`${formatObjectRef(ref)} of others was touched`],
    );
    const roles = [...this.roles].map(async ([role, before]) =>
      (await this.roleNow(role)) === before
        ? []
        : [`role ${role} of others in Vault was touched`],
    );
    return (await Promise.all([...objects, ...roles])).flat();
  }

  private async make(object: KubernetesObject): Promise<void> {
    await this.admin.apply(object);
    const ref = refOf(object);
    this.objects.set(ref, await this.objectNow(ref));
  }

  private async makeRole(of: ServiceRef): Promise<void> {
    const role = names.vaultRole(of);
    await this.vault.writeRole(AUTH_MOUNT, role, {
      boundServiceAccountNames: ['robot'],
      boundServiceAccountNamespaces: [of.namespace],
      audience: 'vault',
      tokenPolicies: ['default'],
      tokenTtlSeconds: 60,
      tokenMaxTtlSeconds: 60,
      aliasNameSource: 'serviceaccount_uid',
    });
    this.roles.set(role, await this.roleNow(role));
  }

  private async objectNow(ref: ObjectRef): Promise<string> {
    const seen = await this.admin.kubernetes.read(ref);
    if (!seen) return 'gone';
    const { uid, deletionTimestamp } = seen.metadata;
    return JSON.stringify([uid, deletionTimestamp ?? null, withoutRuns(seen)]);
  }

  private async roleNow(role: string): Promise<string> {
    return JSON.stringify(
      (await this.vault.readRole(AUTH_MOUNT, role)) ?? 'gone',
    );
  }
}

/** An object by the same name in another's namespace. */
function ofOthers(
  { metadata, ...object }: KubernetesObject,
  namespace: string,
): KubernetesObject {
  return {
    ...object,
    metadata: {
      name: metadata.name,
      namespace,
      labels: { [labels.managedBy]: 'Helm' },
    },
  };
}
