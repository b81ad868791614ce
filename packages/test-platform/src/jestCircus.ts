type DescribeBlock = {
  mode?: 'skip' | 'only' | 'todo';
  name: string;
  children: Array<({ type: 'describeBlock' } & DescribeBlock) | Test>;
};
type Test = { type: 'test'; errors: readonly unknown[] };

/**
 * Skips the `describe` that is being collected, and says why in a test of its own. Jest can skip a describe by its
 * name only, before its body runs; a fixture is called inside of it. So this writes the mode that `describe.skip` would
 * have written into Jest's state; where a later Jest keeps it elsewhere, the tests fail instead of seeming to pass.
 */
// eslint-disable-next-line jest/no-export
export function skipCurrentDescribe(because: string): void {
  const block = currentDescribe();
  if (block.name === 'ROOT_DESCRIBE_BLOCK') {
    throw new Error('Ask for a platform inside of a describe.');
  }
  block.mode = 'skip';
  // eslint-disable-next-line jest/no-disabled-tests, jest/expect-expect
  test.skip(`skipped: ${because}`, () => {});
}

/**
 * Remembers the `describe` that is being collected.
 *
 * @returns whether a test of it has failed, or what was to happen before them.
 */
// eslint-disable-next-line jest/no-export
export function failureOfCurrentDescribe(): () => boolean {
  const block = currentDescribe();
  return () => hasFailed(block);
}

function hasFailed({ children }: DescribeBlock): boolean {
  return children.some(child =>
    child.type === 'test' ? child.errors.length > 0 : hasFailed(child),
  );
}

function currentDescribe(): DescribeBlock {
  const symbol = Object.getOwnPropertySymbols(globalThis).find(
    ({ description }) => description === 'JEST_STATE_SYMBOL',
  );
  const state = symbol && Reflect.get(globalThis, symbol);
  const block: DescribeBlock | undefined = state?.currentDescribeBlock;
  if (!block) {
    throw new Error('This Jest does not tell what it is collecting.');
  }
  return block;
}
