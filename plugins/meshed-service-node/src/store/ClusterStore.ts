import {
  ClusterSettings,
  KindFreshness,
  KubernetesObject,
  labels,
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
import { namespaceOf, NamespacedObjects } from './NamespacedObjects';
import { StoreChange, StoreChanges } from './StoreChanges';

const notYetRead: KindFreshness = {
  state: 'unreadable',
  message: 'it has not been read yet',
};

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
  private readonly objects = new Map<ObservedKind, NamespacedObjects>();
  private readonly freshness = new Map<ObservedKind, KindFreshness>();
  private readonly ofNamespace = new Map<string, KindFreshness>();
  private readonly changes = new StoreChanges();

  /** @param options - `source`: where the objects come from, for people. */
  constructor(options: { source: string; settings: ClusterSettings }) {
    this.source = options.source;
    this.settings = options.settings;
  }

  /** Takes an object in, new or changed. Objects of no interest are passed over. */
  apply(object: KubernetesObject): void {
    const kind = observedKindOf(object);
    if (!kind) return;
    this.take(kind, object);
    this.changes.tell({ namespace: namespaceOf(object) });
  }

  /** Forgets an object. */
  delete(object: KubernetesObject): void {
    const kind = observedKindOf(object);
    if (!kind) return;
    this.objectsOf(kind).remove(object);
    this.changes.tell({ namespace: namespaceOf(object) });
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
    this.objects.set(kind, new NamespacedObjects());
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

  /** @returns what is known about one service. */
  observe(service: ServiceRef): Observation {
    const { namespace, name } = service;
    const observed: ObservedObject[] = [
      ...this.objectsOf('Pod').labelled(namespace, name),
      ...this.objectsOf('Namespace').within(namespace),
    ];
    for (const kind of observedKinds) {
      if (kind !== 'Pod' && kind !== 'Namespace') {
        observed.push(...this.objectsOf(kind).within(namespace));
      }
    }
    observed.push(...this.referredTo(observed, namespace));
    return observationOf(service, observed, {
      source: this.source,
      settings: this.settings,
      freshness: this.freshnessIn(namespace),
    });
  }

  /** @returns the services that something was seen of: by the label of their pods, or as made by us. */
  services(): Array<{ namespace: string; name: string }> {
    const found = new Map<string, { namespace: string; name: string }>();
    const add = (namespace: string, name: string | undefined) => {
      if (name) found.set(`${namespace}/${name}`, { namespace, name });
    };
    for (const { namespace, label } of this.objectsOf('Pod').labels()) {
      add(namespace, label);
    }
    for (const observed of this.objectsOf('Server').all()) {
      if (observed.kind === 'Server') {
        const { namespace, labels: own } = observed.value;
        add(namespace, own.get(labels.service));
      }
    }
    for (const observed of this.objectsOf('Namespace').all()) {
      if (observed.kind === 'Namespace') {
        add(observed.value.name, observed.value.service);
      }
    }
    return [...found.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, service]) => service);
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

  private take(kind: ObservedKind, object: KubernetesObject): void {
    const observed = observeObject(object);
    if (observed) this.objectsOf(kind).put(object, observed);
    else this.objectsOf(kind).remove(object);
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
      const own = this.ofNamespace.get(`${kind}/${namespace}`);
      // Of one namespace less may be known than of all, or more: where nothing else may be read.
      if (own?.state === 'current' && whole.state !== 'current')
        return [kind, own] as const;
      const counts = whole.state === 'current' && own;
      return [kind, counts ? { ...whole, ...own } : whole] as const;
    });
    return Object.fromEntries(entries) as Record<ObservedKind, KindFreshness>;
  }

  /** Authentications of other namespaces that policies of this one name. */
  private referredTo(
    observed: readonly ObservedObject[],
    own: string,
  ): ObservedObject[] {
    return observed.flatMap(each =>
      each.kind === 'AuthorizationPolicy'
        ? each.value.requires
            .filter(({ namespace }) => namespace !== own)
            .flatMap(({ kind, namespace, name }) =>
              kind === 'ServiceAccount'
                ? []
                : this.objectsOf(kind)
                    .within(namespace)
                    .filter(
                      found => found.kind === kind && found.value.name === name,
                    ),
            )
        : [],
    );
  }

  private objectsOf(kind: ObservedKind): NamespacedObjects {
    const known = this.objects.get(kind);
    if (known) return known;
    const empty = new NamespacedObjects();
    this.objects.set(kind, empty);
    return empty;
  }
}
