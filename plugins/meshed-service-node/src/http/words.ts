/** @returns the words with a capital at the front and a full stop at the end. */
export function sentence(words: string): string {
  return ended(words.charAt(0).toLocaleUpperCase('en-US') + words.slice(1));
}

/** @returns the words with a full stop at the end, and otherwise as somebody else wrote them. */
export function ended(words: string): string {
  return /[.!?…]$/.test(words) ? words : `${words}.`;
}

/** @returns what another system said, fit for one line of an error: no control characters, and not endless. */
export function oneLine(text: string, limit = 400): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is removed
  const line = text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim();
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}
