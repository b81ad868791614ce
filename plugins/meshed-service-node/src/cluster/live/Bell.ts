/** Rings for all who listen at that moment: they hold the signal of its next ring. */
export class Bell {
  private next = new AbortController();

  get signal(): AbortSignal {
    return this.next.signal;
  }

  ring(): void {
    const now = this.next;
    this.next = new AbortController();
    now.abort();
  }
}

/** @returns once one of the signals is aborted. */
export function ringing(...signals: AbortSignal[]): Promise<void> {
  const any = AbortSignal.any(signals);
  return new Promise(resolve => {
    if (any.aborted) resolve();
    else any.addEventListener('abort', () => resolve(), { once: true });
  });
}
