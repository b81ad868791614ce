const block =
  /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g;

/** What one trust bundle may hold, so that a hostile one costs nothing. */
const atMost = 100;

/**
 * @returns the certificates of a trust bundle in PEM, each as its base64 text without blanks, in an order of their own and
 *   once each: two bundles that trust the same hold the same, however they are written.
 *
 * @public
 */
export function trustAnchorsIn(text: string): string[] {
  const found = new Set<string>();
  for (const [, body] of text.matchAll(block)) {
    found.add(body.replace(/\s+/g, ''));
    if (found.size === atMost) break;
  }
  return [...found].sort();
}
