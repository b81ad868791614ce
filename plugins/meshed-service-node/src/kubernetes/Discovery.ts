import type { ObjectRef } from '@meshway/plugin-meshed-service-common';
import { groupPath } from './address';
import { ClusterConnection } from './ClusterConnection';
import { DiscoveryIncompleteError, UnknownKindError } from './errors';
import type { RequestOptions, ServedKind } from './Kubernetes';
import { kindsFromGroups, kindsFromList, versionsFrom } from './servedKinds';

const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
const FRESH_FOR = 30_000;

/** What kinds a cluster serves, and by which addresses. */
export class Discovery {
  private readonly known = new Map<
    string,
    { kinds: ServedKind[]; at: number }
  >();

  constructor(private readonly connection: ClusterConnection) {}

  /** @returns the kinds of one group and version; an answer of the last half minute will do. */
  async kindsOf(
    apiVersion: string,
    { signal }: RequestOptions = {},
  ): Promise<ServedKind[] | undefined> {
    const { clock } = this.connection.sender;
    const seen = this.known.get(apiVersion);
    if (seen && clock.now() - seen.at < FRESH_FOR) return seen.kinds;
    const answer = await this.connection.send({
      attempted: `asking cluster ${this.connection.cluster} for the kinds of ${apiVersion}`,
      path: groupPath(apiVersion),
      expected: [404],
      signal,
    });
    if (answer.status === 404) {
      this.known.delete(apiVersion);
      return undefined;
    }
    const kinds = kindsFromList(answer.json, apiVersion);
    this.known.set(apiVersion, { kinds, at: clock.now() });
    return kinds;
  }

  /** @throws UnknownKindError when the cluster does not serve the kind of an object. */
  async kindOf(
    ref: Omit<ObjectRef, 'name'>,
    options?: RequestOptions,
  ): Promise<ServedKind> {
    const same = (kind: ServedKind) => kind.kind === ref.kind;
    const remembered = this.known.get(ref.apiVersion)?.kinds.find(same);
    if (remembered) return remembered;
    // It may have been installed since the group was looked at.
    this.known.delete(ref.apiVersion);
    const kind = (await this.kindsOf(ref.apiVersion, options))?.find(same);
    if (kind) return kind;
    throw this.unknown(ref);
  }

  /** Something that was served is not any more. */
  forget(ref: Omit<ObjectRef, 'name'>): UnknownKindError {
    this.known.delete(ref.apiVersion);
    return this.unknown(ref);
  }

  /** @returns every namespaced kind that can be listed, once, in the version that the server prefers. */
  async namespacedKinds({ signal }: RequestOptions = {}): Promise<
    ServedKind[]
  > {
    const kinds = [
      ...(await this.kindsBelow('/api', signal)),
      ...(await this.kindsBelow('/apis', signal)),
    ];
    const seen = new Set<string>();
    return kinds.filter(({ apiVersion, resource, namespaced, verbs }) => {
      const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
      const key = `${group}/${resource}`;
      if (!namespaced || !verbs.includes('list') || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  }

  private async kindsBelow(
    path: '/api' | '/apis',
    signal: AbortSignal | undefined,
  ): Promise<ServedKind[]> {
    const { cluster } = this.connection;
    const { json } = await this.connection.send({
      attempted: `asking cluster ${cluster} for all its kinds`,
      path,
      accept: AGGREGATED,
      signal,
    });
    const groups = kindsFromGroups(json);
    if (groups?.silent.length) throw this.incomplete(groups.silent);
    if (groups) return groups.kinds;
    const kinds: ServedKind[] = [];
    for (const apiVersion of versionsFrom(json)) {
      const served = await this.kindsOf(apiVersion, { signal });
      if (!served) throw this.incomplete([apiVersion]);
      kinds.push(...served);
    }
    return kinds;
  }

  private incomplete(silent: readonly string[]): DiscoveryIncompleteError {
    return new DiscoveryIncompleteError(
      `Asking cluster ${
        this.connection.cluster
      } for all its kinds. ${silent.join(
        ', ',
      )} did not answer, so that nobody knows what objects there are. Repair or remove the APIService (\`kubectl get apiservices\`).`,
    );
  }

  private unknown(ref: Omit<ObjectRef, 'name'>): UnknownKindError {
    return new UnknownKindError(
      `Cluster ${this.connection.cluster} does not know ${ref.kind} (${ref.apiVersion}). Install its CRD in the cluster.`,
    );
  }
}
