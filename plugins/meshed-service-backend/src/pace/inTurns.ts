/** @returns the results in order; at most `width` are being made at any moment, since each may start a program. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  width: number,
  make: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await make(items[index]);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
