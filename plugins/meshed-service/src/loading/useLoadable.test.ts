import { act, renderHook } from '@testing-library/react';
import { useLoadable, type Listen } from './useLoadable';

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

const ready = (value: number) => ({
  kind: 'ready',
  value,
  readAt: expect.any(Date),
});

const pass = (seconds: number) =>
  act(async () => {
    await jest.advanceTimersByTimeAsync(seconds * 1000);
  });

describe('useLoadable', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    // The middle of what chance makes of a pause.
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
  });
  afterEach(() => {
    jest.restoreAllMocks();
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
    expect(result.current).toEqual(ready(1));
    await pass(EVERY_SECONDS);
    expect(result.current).toEqual(ready(2));
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
    expect(result.current).toEqual(ready(2));
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
      ...ready(1),
      notRefreshed: new Error('No answer.'),
    });

    await pass(2 * EVERY_SECONDS);
    expect(result.current).toEqual(ready(3));
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

  it('says when a value was last confirmed, which a failed read does not move', async () => {
    jest.setSystemTime(new Date('2026-11-21T12:00:00Z'));
    const read = reads();
    const { result } = renderHook(() =>
      useLoadable(read, { everySeconds: EVERY_SECONDS }),
    );
    await pass(0);
    read.mockRejectedValue(new Error('No answer.'));
    await pass(100);

    expect(result.current).toMatchObject({
      readAt: new Date('2026-11-21T12:00:00Z'),
    });
  });

  it('asks more and more seldom while nobody answers', async () => {
    const read = reads();
    read.mockRejectedValue(new Error('No answer.'));
    renderHook(() => useLoadable(read, { everySeconds: EVERY_SECONDS }));

    await pass(600);

    // 600 / 15 would be 40.
    expect(read.mock.calls.length).toBeLessThan(8);
    expect(read.mock.calls.length).toBeGreaterThan(3);
  });

  describe('when it hears of changes', () => {
    function aVoice() {
      const ears = new Set<() => void>();
      const listen: Listen = again => {
        ears.add(again);
        return () => ears.delete(again);
      };
      const say = () => act(async () => ears.forEach(again => again()));
      return { listen, say, ears };
    }

    it('reads again at once', async () => {
      const read = reads();
      const { listen, say } = aVoice();
      const { result } = renderHook(() => useLoadable(read, { listen }));
      await pass(10);

      await say();
      await pass(0);

      expect(result.current).toEqual(ready(2));
    });

    it('reads at most once a second, however much changes', async () => {
      const read = reads();
      const { listen, say } = aVoice();
      renderHook(() => useLoadable(read, { listen }));
      await pass(10);

      for (let change = 0; change < 100; change++) {
        await say();
        await pass(0.05);
      }
      await pass(2);

      expect(read.mock.calls.length).toBeLessThanOrEqual(8);
      expect(read.mock.calls.length).toBeGreaterThanOrEqual(5);
    });

    it('reads once more when something changes while it reads', async () => {
      const read = reads();
      let answer: (value: number) => void = () => {};
      read.mockImplementationOnce(
        () =>
          new Promise(resolve => {
            answer = resolve;
          }),
      );
      const { listen, say } = aVoice();
      const { result } = renderHook(() => useLoadable(read, { listen }));

      await say();
      await say();
      await act(async () => answer(1));
      await pass(5);

      expect(result.current).toEqual(ready(2));
      expect(read).toHaveBeenCalledTimes(2);
    });

    it('reads nothing for a hidden page', async () => {
      const read = reads();
      const { listen, say } = aVoice();
      renderHook(() => useLoadable(read, { listen }));
      await pass(10);

      await setHidden(true);
      await say();
      await pass(10);

      expect(read).toHaveBeenCalledTimes(1);
    });

    it('stops listening when nobody looks any more', async () => {
      const read = reads();
      const { listen, ears } = aVoice();
      const { unmount } = renderHook(() => useLoadable(read, { listen }));

      unmount();

      expect(ears.size).toBe(0);
    });
  });
});
