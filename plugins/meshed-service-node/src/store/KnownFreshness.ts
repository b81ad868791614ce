import {
  isCurrent,
  KindFreshness,
  Observation,
  ObservedKind,
  observedKinds,
} from '@meshway/plugin-meshed-service-common';

const notYetRead: KindFreshness = {
  state: 'unreadable',
  message: 'it has not been read yet',
};

/** Kinds of which only what the control plane keeps is looked at. */
const ofControlPlane: readonly ObservedKind[] = ['ConfigMap', 'Certificate'];

/** Where something holds: one kind, in one namespace or in all. @public */
export type StoreScope = { kind: ObservedKind; namespace?: string };

/** How whole and how old what is known of each kind is, in all namespaces, with exceptions for single ones. */
export class KnownFreshness {
  private readonly everywhere = new Map<ObservedKind, KindFreshness>();
  private readonly exceptions = new Map<string, KindFreshness>();

  /** A whole list of a kind was read. */
  reset(kind: ObservedKind, observedAt: string): void {
    this.everywhere.set(kind, { state: 'current', observedAt });
    for (const key of [...this.exceptions.keys()]) {
      if (key.startsWith(`${kind}/`)) this.exceptions.delete(key);
    }
  }

  /** @returns whether it is another state than before, or for another reason. */
  put({ kind, namespace }: StoreScope, freshness: KindFreshness): boolean {
    let before: KindFreshness | undefined;
    if (namespace === undefined) {
      before = this.everywhere.get(kind);
      this.everywhere.set(kind, {
        ...(before?.observedAt ? { observedAt: before.observedAt } : {}),
        ...freshness,
      });
    } else {
      before = this.exceptions.get(`${kind}/${namespace}`);
      this.exceptions.set(`${kind}/${namespace}`, freshness);
    }
    return !(
      before?.state === freshness.state && before.message === freshness.message
    );
  }

  /** @returns what holds in a namespace. */
  in(
    namespace: string,
    controlPlaneNamespace: string,
  ): Observation['freshness'] {
    return Object.fromEntries(
      observedKinds.map(kind => [
        kind,
        this.at(
          kind,
          ofControlPlane.includes(kind) ? controlPlaneNamespace : namespace,
        ),
      ]),
    ) as Record<ObservedKind, KindFreshness>;
  }

  /** @returns what holds for what was observed: where its policies lead, too. */
  of({ freshness, index }: Observation): Observation['freshness'] {
    const found = { ...freshness };
    for (const { requires } of index.policies.authorizationPolicies) {
      for (const { kind, namespace } of requires) {
        // A ServiceAccount is meant by its name, whether it is there or not.
        if (kind === 'ServiceAccount') continue;
        const there = this.at(kind, namespace);
        if (isCurrent(found[kind]) && !isCurrent(there)) found[kind] = there;
      }
    }
    return found;
  }

  /** @returns what holds for every kind; exceptions for single namespaces after it. */
  all(): Array<StoreScope & { freshness: KindFreshness }> {
    return observedKinds.flatMap(kind => {
      const exceptions = [...this.exceptions]
        .filter(([key]) => key.startsWith(`${kind}/`))
        .sort(([a], [b]) => (a < b ? -1 : 1));
      return [
        { kind, freshness: this.everywhere.get(kind) ?? notYetRead },
        ...exceptions.map(([key, freshness]) => ({
          kind,
          namespace: key.slice(kind.length + 1),
          freshness,
        })),
      ];
    });
  }

  private at(kind: ObservedKind, namespace: string): KindFreshness {
    const whole = this.everywhere.get(kind) ?? notYetRead;
    const own = this.exceptions.get(`${kind}/${namespace}`);
    // Of one namespace less may be known than of all, or more: where nothing else may be read.
    if (own?.state === 'current' && whole.state !== 'current') return own;
    return whole.state === 'current' && own ? { ...whole, ...own } : whole;
  }
}
