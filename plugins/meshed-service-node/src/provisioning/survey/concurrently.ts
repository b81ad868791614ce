const AT_ONCE = 6;

/** Works on several things at once, but not on all; results are in the order of the things. */
export async function concurrently<Thing, Result>(
  things: readonly Thing[],
  work: (thing: Thing) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(things.length);
  const waiting = things.map((thing, index) => ({ thing, index }));
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      results[next.index] = await work(next.thing);
  };
  await Promise.all(
    Array.from({ length: Math.min(AT_ONCE, things.length) }, worker),
  );
  return results;
}
