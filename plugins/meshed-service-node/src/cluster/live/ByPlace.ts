/** Where an object stands. */
export type Place = { namespace?: string; name: string };

/** Values by namespace and name. Names are not put together: the same texts stand in the objects already. */
export class ByPlace<Value> {
  private readonly namespaces = new Map<string, Map<string, Value>>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  get({ namespace = '', name }: Place): Value | undefined {
    return this.namespaces.get(namespace)?.get(name);
  }

  set({ namespace = '', name }: Place, value: Value): void {
    const here = this.namespaces.get(namespace) ?? new Map<string, Value>();
    if (!here.has(name)) this.count += 1;
    this.namespaces.set(namespace, here.set(name, value));
  }

  /** @returns whether it was there. */
  delete({ namespace = '', name }: Place): boolean {
    const here = this.namespaces.get(namespace);
    if (!here?.delete(name)) return false;
    if (here.size === 0) this.namespaces.delete(namespace);
    this.count -= 1;
    return true;
  }

  places(): Place[] {
    return [...this.namespaces].flatMap(([namespace, here]) =>
      [...here.keys()].map(name =>
        namespace ? { namespace, name } : { name },
      ),
    );
  }
}
