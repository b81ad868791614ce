import { isLoopback } from '../http';

/**
 * @returns why a token must not be sent to this address; undefined where it may.
 *
 * @public
 */
export function whyTokenShows(url: URL): string | undefined {
  return url.protocol === 'http:' && !isLoopback(url)
    ? 'is plain http, which would show the token to everybody on the way; use its https address, or leave the token out'
    : undefined;
}
