/** @returns the words with a capital at the front and a full stop at the end. */
export function sentence(words: string): string {
  const text = words.charAt(0).toLocaleUpperCase('en-US') + words.slice(1);
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** @returns what another system said, fit for one line of an error: no control characters, and not endless. */
export function oneLine(text: string, limit = 400): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is removed
  const line = text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim();
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}
