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
import { namespacesTouched } from './touched';
import { namespacesSeen, servicesSeen } from './servicesSeen';
import { SharedParts } from './SharedParts';
import { StoreChange, StoreChanges } from './StoreChanges';

const notYetRead: KindFreshness = {
  state: 'unreadable',
  message: 'it has not been read yet',
};

/** Kinds of which only what the control plane keeps is looked at. */
const ofControlPlane: readonly ObservedKind[] = ['ConfigMap', 'Certificate'];

/** Where something holds: one kind, in one namespace or in all. @public */
export type StoreScope = { kind: ObservedKind; namespace?: string };

/**
 * What is known about one cluster. Nothing is known of a kind until its first `reset`.
 *
 * @public
 */
export class ClusterStore {
  private readonly source: string;
  private readonly settings: ClusterSettings;
  private readonly objects = new Map<ObservedKind, IndexedObjects>();
  private readonly freshness = new Map<ObservedKind, KindFreshness>();
  private readonly ofNamespace = new Map<string, KindFreshness>();
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
    this.freshness.set(kind, { state: 'current', ...seen });
    for (const key of [...this.ofNamespace.keys()]) {
      if (key.startsWith(`${kind}/`)) this.ofNamespace.delete(key);
    }
    this.changes.tell({});
  }

  /**
   * Records how whole and how old what is known is. What was known stays, until the next `reset`. Whoever listens is told when
   * it is another state, or for another reason; that it has grown older, or was confirmed, changes no answer.
   */
  stale({ kind, namespace }: StoreScope, freshness: KindFreshness): void {
    let before: KindFreshness | undefined;
    if (namespace === undefined) {
      before = this.freshness.get(kind);
      this.freshness.set(kind, {
        ...(before?.observedAt ? { observedAt: before.observedAt } : {}),
        ...freshness,
      });
    } else {
      before = this.ofNamespace.get(`${kind}/${namespace}`);
      this.ofNamespace.set(`${kind}/${namespace}`, freshness);
    }
    const isSame =
      before?.state === freshness.state && before.message === freshness.message;
    if (!isSame) this.changes.tell({});
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
    return observationOf(service, observed, {
      source,
      settings,
      freshness: this.freshnessIn(service.namespace),
      ...(selection ? { selection } : {}),
    });
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
    return observedKinds.flatMap(kind => {
      const exceptions = [...this.ofNamespace]
        .filter(([key]) => key.startsWith(`${kind}/`))
        .sort(([a], [b]) => (a < b ? -1 : 1));
      return [
        this.sourceOf(kind, this.freshness.get(kind) ?? notYetRead),
        ...exceptions.map(([key, freshness]) => ({
          ...this.sourceOf(kind, freshness),
          namespace: key.slice(kind.length + 1),
        })),
      ];
    });
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

  private sourceOf(
    kind: ObservedKind,
    { state, observedAt, message }: KindFreshness,
  ): SourceStatus {
    return {
      source: this.source,
      kind,
      freshness: state,
      ...(observedAt ? { observedAt } : {}),
      ...(message ? { message } : {}),
    };
  }

  private freshnessIn(namespace: string): Observation['freshness'] {
    const entries = observedKinds.map(kind => {
      const whole = this.freshness.get(kind) ?? notYetRead;
      const where = ofControlPlane.includes(kind)
        ? this.settings.controlPlaneNamespace
        : namespace;
      const own = this.ofNamespace.get(`${kind}/${where}`);
      // Of one namespace less may be known than of all, or more: where nothing else may be read.
      if (own?.state === 'current' && whole.state !== 'current')
        return [kind, own] as const;
      const counts = whole.state === 'current' && own;
      return [kind, counts ? { ...whole, ...own } : whole] as const;
    });
    return Object.fromEntries(entries) as Record<ObservedKind, KindFreshness>;
  }

  private objectsOf(kind: ObservedKind): IndexedObjects {
    const known = this.objects.get(kind);
    if (known) return known;
    const empty = new IndexedObjects();
    this.objects.set(kind, empty);
    return empty;
  }
}
