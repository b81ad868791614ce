import { ObservedObject } from '@meshway/plugin-meshed-service-common';

/** What is one object's own, and not worth looking for in another. */
const own = new Set(['name', 'ref', 'createdAt', 'addresses']);

/** How many parts are remembered before those that nobody asked for lately are forgotten. */
const generation = 20_000;

/**
 * Lets equal parts of objects be one part: the pods of a large cluster are made from few templates, and all proxies are much
 * alike. Parts that are not asked for any more are forgotten here; whoever holds one keeps it.
 */
export class SharedParts {
  /** Texts are their own keys. */
  private readonly texts = new Remembered<string>();
  private readonly objects = new Remembered<object>();

  /** @returns the same object, with parts that it shares. */
  share(observed: ObservedObject): ObservedObject {
    if (observed.kind === 'refused') return observed;
    const { value } = observed;
    const shared = Object.fromEntries(
      Object.entries(value).map(([name, part]) => [
        name,
        own.has(name) ? part : this.partOf(part),
      ]),
    );
    const { ref } = value;
    return {
      kind: observed.kind,
      value: {
        ...value,
        ...shared,
        ref: {
          ...ref,
          ...(ref.namespace === undefined
            ? {}
            : { namespace: shared.namespace }),
          name: value.name,
        },
      },
    } as ObservedObject;
  }

  private partOf(part: unknown): unknown {
    if (typeof part === 'string') return this.texts.firstOf(part, part);
    if (typeof part !== 'object' || !part) return part;
    return this.objects.firstOf(keyOf(part), part);
  }
}

/** Values that were asked for lately, by key. */
class Remembered<Value> {
  private young = new Map<string, Value>();
  private old = new Map<string, Value>();

  /** @returns the value that was asked for first under this key. */
  firstOf(key: string, value: Value): Value {
    const first = this.young.get(key) ?? this.old.get(key) ?? value;
    if (this.young.size >= generation) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(key, first);
    return first;
  }
}

/** @returns a text that only equal parts have. */
function keyOf(part: object): string {
  return JSON.stringify(part, (_, value) =>
    value instanceof Map ? { map: [...value] } : value,
  );
}
