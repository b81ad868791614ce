import type {
  KubernetesObject,
  ObjectRef,
} from '@meshway/plugin-meshed-service-common';
import { HttpSender, sentence } from '../http';
import { placeOf } from './address';
import { askAccess } from './askAccess';
import { ClusterAccess } from './ClusterAccess';
import {
  ClusterConnection,
  ClusterConnectionOptions,
} from './ClusterConnection';
import { ClusterEndpoint } from './ClusterEndpoint';
import { Discovery } from './Discovery';
import type {
  AccessQuestion,
  Kubernetes,
  ObservedKubernetesObject,
  RequestOptions,
  ServedKind,
} from './Kubernetes';
import { ObjectReads } from './ObjectReads';
import { ObjectWrites } from './ObjectWrites';
import { UnexpectedAnswerError } from './errors';

/**
 * The port to Kubernetes, by the API server's own HTTP API. Nothing is asked before the first call, so that a cluster
 * that is down does not keep anybody from starting.
 *
 * @public
 */
export class KubernetesOverHttp implements Kubernetes {
  private readonly connection: ClusterConnection;
  private readonly discovery: Discovery;
  private readonly reads: ObjectReads;
  private readonly writes: ObjectWrites;

  constructor(
    readonly cluster: string,
    access: ClusterAccess,
    sender: HttpSender = new HttpSender(),
    options: ClusterConnectionOptions = {},
  ) {
    this.connection = new ClusterConnection(
      new ClusterEndpoint(cluster, access),
      sender,
      options,
    );
    this.discovery = new Discovery(this.connection);
    this.reads = new ObjectReads(this.connection, this.discovery);
    this.writes = new ObjectWrites(this.connection, this.discovery, this.reads);
  }

  read(ref: ObjectRef, options: RequestOptions = {}) {
    return this.reads.read(ref, options);
  }

  list(
    kind: { apiVersion: string; kind: string },
    query: { namespace?: string; labelSelector?: string },
    options: RequestOptions = {},
  ) {
    return this.reads.list(kind, query, options);
  }

  claim(object: KubernetesObject, options: RequestOptions = {}) {
    return this.writes.claim(object, options);
  }

  create(object: KubernetesObject, options: RequestOptions = {}) {
    return this.writes.create(object, options);
  }

  apply(
    object: KubernetesObject,
    options: Parameters<Kubernetes['apply']>[1],
  ): Promise<ObservedKubernetesObject> {
    return this.writes.apply(object, options);
  }

  tryCreate(object: KubernetesObject, options: RequestOptions = {}) {
    return this.writes.tryCreate(object, options);
  }

  delete(ref: ObjectRef, options: RequestOptions & { uid: string }) {
    return this.writes.delete(ref, options);
  }

  mayI(
    questions: readonly AccessQuestion[],
    options: RequestOptions = {},
  ): Promise<boolean[]> {
    return askAccess(this.connection, questions, options);
  }

  kindsOf(
    apiVersion: string,
    options?: RequestOptions,
  ): Promise<ServedKind[] | undefined> {
    return this.discovery.kindsOf(apiVersion, options);
  }

  namespacedKinds(options?: RequestOptions): Promise<ServedKind[]> {
    return this.discovery.namespacedKinds(options);
  }

  async version({ signal }: RequestOptions = {}) {
    const attempted = `asking cluster ${this.cluster} for its version`;
    const { json, headers, receivedAt } = await this.connection.send({
      attempted,
      path: '/version',
      signal,
    });
    const gitVersion = Object(json).gitVersion;
    if (typeof gitVersion !== 'string')
      throw new UnexpectedAnswerError(
        `${sentence(
          attempted,
        )} What answered does not speak like a Kubernetes API server. Check its address.`,
      );
    // The header has whole seconds, cut off: half a second is its most likely rest.
    const theirs = Date.parse(headers.date ?? '') + 500;
    const skew = Math.round((theirs - receivedAt) / 1000);
    return { gitVersion, clockSkewSeconds: Number.isNaN(skew) ? 0 : skew || 0 };
  }

  /** Lets go of all connections. */
  close(): Promise<void> {
    return this.connection.endpoint.close();
  }

  /** `Namespace payments in cluster eu-1`, for people. */
  placeOf(ref: ObjectRef): string {
    return placeOf(ref, this.cluster);
  }
}
