import { act, renderHook } from '@testing-library/react';
import { useLoadable } from './useLoadable';

const EVERY_SECONDS = 15;

/** Reads that are answered by the test, one after the other. */
function reads() {
  const read: jest.Mock<Promise<number>, [AbortSignal]> = jest.fn(
    async (_signal: AbortSignal) => read.mock.calls.length,
  );
  return read;
}

const setHidden = (hidden: boolean) =>
  act(async () => {
    Object.defineProperty(document, 'hidden', {
      configurable: true,
      get: () => hidden,
    });
    document.dispatchEvent(new Event('visibilitychange'));
  });

const pass = (seconds: number) =>
  act(async () => {
    await jest.advanceTimersByTimeAsync(seconds * 1000);
  });

describe('useLoadable', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    Reflect.deleteProperty(document, 'hidden');
    jest.useRealTimers();
  });

  it('reads again while the page is visible', async () => {
    const read = reads();
    const { result } = renderHook(() =>
      useLoadable(read, { everySeconds: EVERY_SECONDS }),
    );
    expect(result.current).toEqual({ kind: 'loading' });

    await pass(0);
    expect(result.current).toEqual({ kind: 'ready', value: 1 });
    await pass(EVERY_SECONDS);
    expect(result.current).toEqual({ kind: 'ready', value: 2 });
  });

  it('reads nothing while the page is hidden, and at once when it is seen again', async () => {
    const read = reads();
    const { result } = renderHook(() =>
      useLoadable(read, { everySeconds: EVERY_SECONDS }),
    );
    await pass(0);

    await setHidden(true);
    await pass(10 * EVERY_SECONDS);
    expect(read).toHaveBeenCalledTimes(1);

    await setHidden(false);
    expect(result.current).toEqual({ kind: 'ready', value: 2 });
  });

  it('keeps the value that it has when a later read fails', async () => {
    const read = reads();
    const { result } = renderHook(() =>
      useLoadable(read, { everySeconds: EVERY_SECONDS }),
    );
    await pass(0);

    read.mockRejectedValueOnce(new Error('No answer.'));
    await pass(EVERY_SECONDS);
    expect(result.current).toEqual({
      kind: 'ready',
      value: 1,
      notRefreshed: new Error('No answer.'),
    });

    await pass(EVERY_SECONDS);
    expect(result.current).toEqual({ kind: 'ready', value: 3 });
  });

  it('reads once when it is not to be kept fresh', async () => {
    const read = reads();
    renderHook(() => useLoadable(read));

    await pass(100);
    await setHidden(true);
    await setHidden(false);

    expect(read).toHaveBeenCalledTimes(1);
  });

  it('ends the read that nobody waits for any more', async () => {
    const read = reads();
    const { unmount } = renderHook(() => useLoadable(read));
    await pass(0);

    unmount();

    expect(read.mock.calls[0][0].aborted).toBe(true);
  });
});
