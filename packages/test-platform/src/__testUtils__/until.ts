/** Asks until the answer fits; Jest's own time limit ends it. @returns the answer. */
export async function until<Value>(
  ask: () => Promise<Value>,
  fits: (value: Value) => boolean,
): Promise<Value> {
  for (;;) {
    const value = await ask();
    if (fits(value)) return value;
    await new Promise(resolve => setTimeout(resolve, 250));
  }
}
