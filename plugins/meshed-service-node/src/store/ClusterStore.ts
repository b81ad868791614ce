import {
  ClusterSettings,
  KindFreshness,
  KubernetesObject,
  LabelSelector,
  observationOf,
  Observation,
  observedKindOf,
  ObservedKind,
  observedKinds,
  ObservedObject,
  observeObject,
  ServiceRef,
  SourceStatus,
} from '@meshway/plugin-meshed-service-common';
import { gather } from './gather';
import { IndexedObjects, namespaceOf } from './IndexedObjects';
import { KnownFreshness, StoreScope } from './KnownFreshness';
import { namespacesTouched } from './touched';
import { namespacesSeen, servicesSeen } from './servicesSeen';
import { SharedParts } from './SharedParts';
import { StoreChange, StoreChanges } from './StoreChanges';

/**
 * What is known about one cluster. Nothing is known of a kind until its first `reset`.
 *
 * @public
 */
export class ClusterStore {
  private readonly source: string;
  private readonly settings: ClusterSettings;
  private readonly objects = new Map<ObservedKind, IndexedObjects>();
  private readonly freshness = new KnownFreshness();
  private readonly changes = new StoreChanges();
  private readonly parts = new SharedParts();
  /** What `services` answered last of each namespace, while nothing has changed there. */
  private readonly seen = new Map<
    string,
    Array<{ namespace: string; name: string }>
  >();

  /** @param options - `source`: where the objects come from, for people. */
  constructor(options: { source: string; settings: ClusterSettings }) {
    this.source = options.source;
    this.settings = options.settings;
  }

  /** Takes an object in, new or changed. Objects of no interest are passed over. */
  apply(object: KubernetesObject): void {
    const kind = observedKindOf(object);
    if (!kind) return;
    this.tell(this.take(kind, object));
  }

  /** Forgets an object. */
  delete(object: KubernetesObject): void {
    const kind = observedKindOf(object);
    if (!kind) return;
    const known = this.objectsOf(kind).remove(object);
    this.seen.delete(namespaceOf(object));
    this.tell([known]);
  }

  /**
   * @param listener - told after every change, at once and in the same turn; when it throws, nobody else is harmed.
   * @returns how to stop listening.
   */
  subscribe(listener: (change: StoreChange) => void): () => void {
    return this.changes.subscribe(listener);
  }

  /** Replaces everything that is known of a kind by a whole, current list. */
  reset(
    kind: ObservedKind,
    objects: readonly KubernetesObject[],
    seen: { observedAt: string },
  ): void {
    this.objects.set(kind, new IndexedObjects());
    this.seen.clear();
    for (const object of objects) {
      if (observedKindOf(object) === kind) this.take(kind, object);
    }
    this.freshness.reset(kind, seen.observedAt);
    this.changes.tell({});
  }

  /**
   * Records how whole and how old what is known is. What was known stays, until the next `reset`. Whoever listens is told when
   * it is another state, or for another reason; that it has grown older, or was confirmed, changes no answer.
   */
  stale(scope: StoreScope, freshness: KindFreshness): void {
    if (this.freshness.put(scope, freshness)) this.changes.tell({});
  }

  /**
   * @param selection - which workloads are meant, where the catalog says so; else those that bear the name of the service.
   * @returns what is known about one service.
   */
  observe(service: ServiceRef, selection?: LabelSelector): Observation {
    const { settings, source } = this;
    const observed = gather(
      service,
      selection,
      settings.controlPlaneNamespace,
      kind => this.objectsOf(kind),
    );
    const observation = observationOf(service, observed, {
      source,
      settings,
      freshness: this.freshness.in(
        service.namespace,
        settings.controlPlaneNamespace,
      ),
      ...(selection ? { selection } : {}),
    });
    return { ...observation, freshness: this.freshness.of(observation) };
  }

  /** @returns the services that something was seen of in one namespace, whoever made them: see `servicesSeen`. */
  services(namespace: string): Array<{ namespace: string; name: string }> {
    const known = this.seen.get(namespace);
    if (known) return known;
    const found = servicesSeen(namespace, kind => this.objectsOf(kind));
    if (found.length > 0) this.seen.set(namespace, found);
    return found;
  }

  /** @returns the namespaces in which a service may be seen, sorted. */
  namespaces(): string[] {
    return [...namespacesSeen(kind => this.objectsOf(kind))].sort();
  }

  /** @returns how many objects of each kind are known. */
  sizes(): Record<ObservedKind, number> {
    const entries = observedKinds.map(kind => [
      kind,
      this.objectsOf(kind).size,
    ]);
    return Object.fromEntries(entries);
  }

  /** @returns how whole and how old what is known of every kind is; exceptions for single namespaces after it. */
  sources(): SourceStatus[] {
    return this.freshness
      .all()
      .map(
        ({ kind, namespace, freshness: { state, observedAt, message } }) => ({
          source: this.source,
          kind,
          freshness: state,
          ...(observedAt ? { observedAt } : {}),
          ...(message ? { message } : {}),
          ...(namespace === undefined ? {} : { namespace }),
        }),
      );
  }

  /** @returns what the object was, and what it is. */
  private take(
    kind: ObservedKind,
    object: KubernetesObject,
  ): Array<ObservedObject | undefined> {
    const observed = observeObject(object);
    this.seen.delete(namespaceOf(object));
    if (!observed) return [this.objectsOf(kind).remove(object)];
    const after = this.parts.share(observed);
    return [this.objectsOf(kind).put(object, after), after];
  }

  private tell(changed: ReadonlyArray<ObservedObject | undefined>): void {
    const touched = changed
      .filter(each => each !== undefined)
      .map(each => namespacesTouched(each, kind => this.objectsOf(kind)));
    if (touched.includes(undefined)) {
      this.changes.tell({});
      return;
    }
    for (const namespace of new Set(touched.flatMap(each => each ?? []))) {
      this.changes.tell({ namespace });
    }
  }

  private objectsOf(kind: ObservedKind): IndexedObjects {
    const known = this.objects.get(kind);
    if (known) return known;
    const empty = new IndexedObjects();
    this.objects.set(kind, empty);
    return empty;
  }
}
