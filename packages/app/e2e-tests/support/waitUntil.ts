/**
 * Asks again until the answer is there.
 * @throws with what was awaited and what was seen last, when `seconds` have passed.
 */
export async function waitUntil<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  { seconds = 60, everyMs = 500 } = {},
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last = 'nothing';
  while (Date.now() < deadline) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      last = String(error);
    }
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
  throw new Error(`${what}: not within ${seconds} s. Seen last: ${last}`);
}
