import { Turns } from './Turns';

/** Clock of the test: work takes as long as it says, and nothing else takes any time. */
let now = 0;

beforeEach(() => {
  now = 1_000_000;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

/** @returns the longest time for which the event loop has not come round, until `work` was done. */
async function longestBlock(work: Promise<unknown>): Promise<number> {
  let isDone = false;
  let longest = 0;
  let last = now;
  const look = () => {
    longest = Math.max(longest, now - last);
    last = now;
    if (!isDone) setImmediate(look);
  };
  setImmediate(look);
  await work;
  isDone = true;
  return longest;
}

/** Works in pieces of a millisecond. @param order - told who works. */
async function worker(name: string, pieces: number, order: string[] = []) {
  const turns = new Turns(8);
  await turns.pass();
  for (let piece = 0; piece < pieces; piece++) {
    if (order.at(-1) !== name) order.push(name);
    now += 1;
    if (turns.isOver) await turns.pass();
  }
}

describe('Turns', () => {
  it('keeps nobody waiting for longer than one turn, however many work at once', async () => {
    const workers = Array.from({ length: 25 }, (_, index) =>
      worker(`${index}`, 40),
    );
    expect(await longestBlock(Promise.all(workers))).toBe(8);
    expect(now).toBe(1_001_000);
  });

  it('lets all work in the order in which they asked', async () => {
    const order: string[] = [];
    await Promise.all(['a', 'b', 'c'].map(name => worker(name, 16, order)));
    expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
  });

  it('does not make work wait that comes by itself', async () => {
    const turns = new Turns(8);
    await turns.pass();
    expect(turns.isOver).toBe(false);
    now += 8;
    expect(turns.isOver).toBe(true);
  });
});
