import {
  KubernetesObject,
  ObjectRef,
  refOf,
} from '@meshway/plugin-meshed-service-common';
import { sentence } from '../http';
import { collectionPath, objectPath, placeOf } from './address';
import { ClusterAnswer, ClusterConnection } from './ClusterConnection';
import { Discovery } from './Discovery';
import {
  BeingDeletedError,
  ClusterBusyError,
  FieldConflictError,
  ObjectGoneError,
} from './errors';
import type {
  Kubernetes,
  ObservedKubernetesObject,
  RequestOptions,
} from './Kubernetes';
import { ObjectReads } from './ObjectReads';
import { bodyOf } from './objectBody';
import { carries, observed } from './observed';
import { refusalOf } from './refusalOf';

/** Under this name every field stands that Meshway writes. @public */
export const FIELD_MANAGER = 'meshway';

const ROUNDS = 3;
/** Versions are counted by the database from its first write on; none of our objects is it. */
const VERSION_OF_NO_OBJECT = '1';

type ApplyOptions = Parameters<Kubernetes['apply']>[1];

/** Creating, applying and deleting: each names what it is meant for, so that repeating it does no more than once. */
export class ObjectWrites {
  constructor(
    private readonly connection: ClusterConnection,
    private readonly discovery: Discovery,
    private readonly reads: ObjectReads,
  ) {}

  async claim(
    object: KubernetesObject,
    options: RequestOptions,
  ): ReturnType<Kubernetes['claim']> {
    const attempted = `claiming ${this.placeOf(refOf(object))}`;
    return this.once(object, attempted, options, () =>
      this.post(object, { attempted, expected: [409], signal: options.signal }),
    );
  }

  async create(
    object: KubernetesObject,
    options: RequestOptions,
  ): ReturnType<Kubernetes['create']> {
    const attempted = `creating ${this.placeOf(refOf(object))}`;
    return this.once(object, attempted, options, () =>
      this.patch(object, {
        attempted,
        identity: { resourceVersion: VERSION_OF_NO_OBJECT },
        force: false,
        expected: [409],
        signal: options.signal,
      }),
    );
  }

  async tryCreate(
    object: KubernetesObject,
    options: RequestOptions,
  ): Promise<void> {
    const attempted = `trying to create ${this.placeOf(refOf(object))}`;
    await this.post(object, {
      attempted,
      dryRun: true,
      signal: options.signal,
    });
  }

  async apply(
    object: KubernetesObject,
    options: ApplyOptions,
  ): Promise<ObservedKubernetesObject> {
    const { uid, resourceVersion, force = false } = options;
    try {
      return await this.applyOnto(
        object,
        options,
        { uid, resourceVersion },
        force,
      );
    } catch (error) {
      if (!isWithOurselves(error)) throw error;
    }
    // The claim was written by a POST, which counts as another writer of the same name. Changing its fields has to be
    // forced, and is, on exactly the state in which nobody else stands in the way.
    const ref = refOf(object);
    const there = await this.reads.read(ref, options);
    const seen = there?.metadata.resourceVersion;
    if (there?.metadata.uid !== uid || (resourceVersion ?? seen) !== seen)
      throw new ObjectGoneError(
        `Applying ${this.placeOf(
          ref,
        )}. It has changed, or is gone by now. Repeat it.`,
      );
    const identity = { uid, resourceVersion: seen };
    try {
      return await this.applyOnto(object, options, identity, false);
    } catch (error) {
      if (!isWithOurselves(error)) throw error;
      return this.applyOnto(object, options, identity, true);
    }
  }

  async delete(
    ref: ObjectRef,
    { uid, ...options }: RequestOptions & { uid: string },
  ): Promise<'deleted' | 'absent' | 'replaced'> {
    const attempted = `deleting ${this.placeOf(ref)}`;
    const kind = await this.discovery.kindOf(ref, options);
    const answer = await this.connection.send({
      attempted,
      method: 'DELETE',
      path: objectPath(kind, ref),
      body: JSON.stringify({
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        preconditions: { uid },
        propagationPolicy: 'Background',
      }),
      expected: [404, 409],
      signal: options.signal,
    });
    if (answer.status === 404) return answer.attempt > 1 ? 'deleted' : 'absent';
    if (answer.status !== 409) return 'deleted';
    // Another object of that name, or one that is being deleted already: looking tells.
    const there = await this.reads.read(ref, options);
    if (!there) return 'deleted';
    if (there.metadata.uid !== uid) return 'replaced';
    if (there.metadata.deletionTimestamp) return 'deleted';
    throw refusalOf(answer, { attempted, cluster: this.connection.cluster });
  }

  /** Sends what creates a name, which can happen only once; a name that is there is read. */
  private async once(
    object: KubernetesObject,
    attempted: string,
    options: RequestOptions,
    send: () => Promise<ClusterAnswer>,
  ): ReturnType<Kubernetes['create']> {
    for (let round = 1; round <= ROUNDS; round++) {
      const answer = await send();
      if (answer.status !== 409)
        return { outcome: 'created', object: observed(answer.json, attempted) };
      const there = await this.reads.read(refOf(object), options);
      if (there) {
        // An attempt whose answer was lost may have made it; its record says so.
        const ours = answer.attempt > 1 && carries(there, object);
        return { outcome: ours ? 'created' : 'exists', object: there };
      }
    }
    throw new ClusterBusyError(
      `${sentence(
        attempted,
      )} Somebody else creates and deletes it all the time. Find out who, then repeat.`,
    );
  }

  private async applyOnto(
    object: KubernetesObject,
    { dryRun, signal }: ApplyOptions,
    identity: { uid: string; resourceVersion?: string },
    force: boolean,
  ): Promise<ObservedKubernetesObject> {
    const attempted = `${
      dryRun ? 'trying to apply' : 'applying'
    } ${this.placeOf(refOf(object))}`;
    const { json } = await this.patch(object, {
      attempted,
      identity,
      force,
      dryRun,
      signal,
    });
    const applied = observed(json, attempted);
    const { deletionTimestamp, finalizers = [] } = applied.metadata;
    if (deletionTimestamp)
      throw new BeingDeletedError(
        `${sentence(attempted)} It is being deleted since ${deletionTimestamp}${
          finalizers.length > 0 ? ` and waits for ${finalizers.join(', ')}` : ''
        }. Wait until it is gone, then repeat.`,
      );
    return applied;
  }

  private async post(
    object: KubernetesObject,
    request: {
      attempted: string;
      dryRun?: boolean;
      expected?: readonly number[];
      signal?: AbortSignal;
    },
  ): Promise<ClusterAnswer> {
    const { attempted, dryRun, expected, signal } = request;
    const ref = refOf(object);
    const body = bodyOf(object, attempted);
    const kind = await this.discovery.kindOf(ref, { signal });
    // The name in the body is judged as the one of a path would be, before anything is sent.
    objectPath(kind, ref);
    return this.connection.send({
      attempted,
      method: 'POST',
      path: collectionPath(kind, ref.namespace),
      query: {
        fieldManager: FIELD_MANAGER,
        fieldValidation: 'Strict',
        dryRun: dryRun ? 'All' : undefined,
      },
      body,
      expected,
      signal,
    });
  }

  private async patch(
    object: KubernetesObject,
    request: {
      attempted: string;
      /** Which object it is meant for. */
      identity: { uid?: string; resourceVersion?: string };
      force: boolean;
      dryRun?: boolean;
      expected?: readonly number[];
      signal?: AbortSignal;
    },
  ): Promise<ClusterAnswer> {
    const { attempted, identity, force, dryRun, expected, signal } = request;
    const metadata = { ...object.metadata, ...identity };
    const body = bodyOf({ ...object, metadata }, attempted);
    const ref = refOf(object);
    const kind = await this.discovery.kindOf(ref, { signal });
    return this.connection.send({
      attempted,
      method: 'PATCH',
      path: objectPath(kind, ref),
      query: {
        fieldManager: FIELD_MANAGER,
        force: String(force),
        fieldValidation: 'Strict',
        dryRun: dryRun ? 'All' : undefined,
      },
      contentType: 'application/apply-patch+yaml',
      body,
      expected,
      signal,
    });
  }

  private placeOf(ref: ObjectRef): string {
    return placeOf(ref, this.connection.cluster);
  }
}

function isWithOurselves(error: unknown): boolean {
  return (
    error instanceof FieldConflictError &&
    error.conflicts.every(({ manager }) => manager === FIELD_MANAGER)
  );
}
