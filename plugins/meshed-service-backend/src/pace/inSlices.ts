import { setImmediate as othersTurn } from 'node:timers/promises';

/** How long one thing may keep everything else in the process waiting. */
const SLICE_MILLISECONDS = 8;

/**
 * Works through items one after another, and gives requests their turn every few milliseconds.
 *
 * @param rest - what happens between two slices.
 */
export async function inSlices<Item>(
  items: Iterable<Item>,
  work: (item: Item) => void | Promise<void>,
  rest: () => Promise<unknown> = othersTurn,
): Promise<void> {
  let began = performance.now();
  for (const item of items) {
    const working = work(item);
    if (working) await working;
    if (performance.now() - began >= SLICE_MILLISECONDS) {
      await rest();
      began = performance.now();
    }
  }
}
