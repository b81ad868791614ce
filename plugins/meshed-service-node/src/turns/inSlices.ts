import { Turns } from './Turns';

/** How long all such work together may keep everything else in the process waiting. */
const SLICE_MILLISECONDS = 8;

/**
 * Works through items one after another, and gives requests their turn every few milliseconds.
 *
 * @param rest - what else happens between two slices.
 *
 * @public
 */
export async function inSlices<Item>(
  items: Iterable<Item>,
  work: (item: Item) => void | Promise<void>,
  rest: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  const turns = new Turns(SLICE_MILLISECONDS);
  if (turns.isOver) await turns.pass();
  for (const item of items) {
    const working = work(item);
    if (working) await working;
    if (turns.isOver) {
      await rest();
      await turns.pass();
    }
  }
}
