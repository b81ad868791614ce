import type {
  KubernetesObject,
  ObjectRef,
} from '@meshway/plugin-meshed-service-common';

/**
 * One cluster, written to with the caller's credentials. Every call has a time limit and can be cancelled; a call is
 * repeated only where repeating is safe.
 *
 * @public
 */
export interface Kubernetes {
  /** Name of the cluster, as the portal's configuration has it. */
  readonly cluster: string;

  /** @returns an object, or undefined when there is none. A kind that the server does not know throws `UnknownKindError`. */
  read(
    ref: ObjectRef,
    options?: RequestOptions,
  ): Promise<ObservedKubernetesObject | undefined>;

  /** @returns every object of a kind, page by page; below a namespace where one is given. */
  list(
    kind: { apiVersion: string; kind: string },
    query: { namespace?: string; labelSelector?: string },
    options?: RequestOptions,
  ): Promise<ObservedKubernetesObject[]>;

  /**
   * Creates an object that carries nothing but who owns it: taking a name. 409 is an answer, no error; after a lost answer
   * it looks whether the object with this very ownership record is there.
   */
  claim(
    object: KubernetesObject,
    options?: RequestOptions,
  ): Promise<
    | { outcome: 'created'; object: ObservedKubernetesObject }
    | { outcome: 'exists'; object: ObservedKubernetesObject }
  >;

  /**
   * Creates an object with its whole content, and touches none that exists: server-side apply with a `resourceVersion` that
   * no object has (`"1"`), so that an object of this name answers 409 and is read. Needed where a kind cannot be made of an
   * ownership record alone (a Server, a NetworkPolicy that would cut everybody off), or must not be seen half-written.
   * After a lost answer `exists` may be our own: the caller compares the ownership record either way.
   */
  create(
    object: KubernetesObject,
    options?: RequestOptions,
  ): Promise<
    | { outcome: 'created'; object: ObservedKubernetesObject }
    | { outcome: 'exists'; object: ObservedKubernetesObject }
  >;

  /**
   * Server-side apply with one field manager and without force, onto exactly the object with this uid.
   *
   * @throws FieldConflictError with `conflicts: Array<{ manager, field }>`, when somebody else has written them.
   */
  apply(
    object: KubernetesObject,
    options: RequestOptions & {
      uid: string;
      /** Only onto this very version: what was decided on must still be so. */
      resourceVersion?: string;
      dryRun?: boolean;
      /** Fields that are taken over from whoever wrote them. Only `spec.accessPolicy` of our own Servers, going back. */
      force?: boolean;
    },
  ): Promise<ObservedKubernetesObject>;

  /** Asks the server to judge an object that does not exist yet, without writing it. */
  tryCreate(object: KubernetesObject, options?: RequestOptions): Promise<void>;

  /** Deletes exactly the object with this uid. An object that is gone, or another by now, is left alone. */
  delete(
    ref: ObjectRef,
    options: RequestOptions & { uid: string },
  ): Promise<'deleted' | 'absent' | 'replaced'>;

  /** @returns whether the credentials may do each of these, in the same order (SelfSubjectAccessReview). */
  mayI(
    questions: readonly AccessQuestion[],
    options?: RequestOptions,
  ): Promise<boolean[]>;

  /** @returns the kinds that the server serves, of one group and version; undefined when it has no such group. */
  kindsOf(
    apiVersion: string,
    options?: RequestOptions,
  ): Promise<ServedKind[] | undefined>;

  /** @returns every namespaced kind that can be listed, of every group: what a retirement has to look at. */
  namespacedKinds(options?: RequestOptions): Promise<ServedKind[]>;

  /** @returns the version of the server, and how far its clock is from ours, in seconds. */
  version(
    options?: RequestOptions,
  ): Promise<{ gitVersion: string; clockSkewSeconds: number }>;
}

/** @public */
export type RequestOptions = { signal?: AbortSignal };

/** An object as the server has it. @public */
export type ObservedKubernetesObject = KubernetesObject & {
  metadata: KubernetesObject['metadata'] & {
    uid: string;
    resourceVersion: string;
    deletionTimestamp?: string;
    ownerReferences?: ReadonlyArray<{
      apiVersion: string;
      kind: string;
      name: string;
      uid: string;
      controller?: boolean;
    }>;
    finalizers?: readonly string[];
  };
};

/** @public */
export type AccessQuestion = {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
};

/** @public */
export type ServedKind = {
  apiVersion: string;
  kind: string;
  /** Plural, as in addresses. */
  resource: string;
  namespaced: boolean;
  verbs: readonly string[];
};
