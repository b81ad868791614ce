/** Why no answer came. `passing` failures may be gone at the next attempt. */
export type BrokenLine = { because: string; wayOut: string; passing: boolean };

const certificate = (because: string, wayOut: string): BrokenLine => ({
  because,
  wayOut,
  passing: false,
});
const unknownAuthority = certificate(
  'its certificate was signed by an authority that is not trusted',
  'Give the certificate of that authority (caFile or caData)',
);
const listening = 'Check that the address is right and that the server runs';

const known: Record<string, BrokenLine> = {
  ECONNREFUSED: {
    because: 'the connection was refused',
    wayOut: listening,
    passing: true,
  },
  ENOTFOUND: {
    because: 'its name is not known',
    wayOut: 'Check the address, and the name servers of this machine',
    passing: true,
  },
  CERT_HAS_EXPIRED: certificate(
    'its certificate has expired',
    'Renew the certificate of the server',
  ),
  CERT_NOT_YET_VALID: certificate(
    'its certificate is not valid yet',
    'Check the clocks of both machines',
  ),
  ERR_TLS_CERT_ALTNAME_INVALID: certificate(
    'its certificate is for another name',
    'Use the name that the certificate was made for',
  ),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  CERT_SIGNATURE_FAILURE: unknownAuthority,
  ERR_SSL_WRONG_VERSION_NUMBER: certificate(
    'it does not speak TLS',
    'Check the port, and that the server is meant to be reached by https',
  ),
  ERR_SSL_PACKET_LENGTH_TOO_LONG: certificate(
    'it does not speak TLS',
    'Check the port, and that the server is meant to be reached by https',
  ),
};

/** @returns what went wrong, from an error of Node or undici; its own words are left out, for they may quote anything. */
export function brokenLine(error: unknown): BrokenLine {
  const codes = codesOf(error);
  for (const code of codes) {
    if (Object.hasOwn(known, code)) return known[code];
    if (/^ERR_SSL_.*ALERT_.*EXPIRED/.test(code))
      return certificate(
        'it refused our client certificate as expired',
        'Renew the credentials',
      );
    if (/^ERR_SSL_.*ALERT/.test(code))
      return certificate(
        `it refused our TLS handshake (${code})`,
        'Check the client certificate and the certificate authority',
      );
  }
  return {
    because: `the connection broke (${codes[0] ?? 'no reason given'})`,
    wayOut: `${listening}; repeating is safe`,
    passing: true,
  };
}

/** Codes of an error and of what caused it, outermost first; an address that was tried twice fails as a group. */
function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 4) return [];
  const code = 'code' in error ? error.code : undefined;
  const inner = [
    ...('cause' in error ? [error.cause] : []),
    ...('errors' in error && Array.isArray(error.errors) ? error.errors : []),
  ];
  return [
    ...(typeof code === 'string' && /^[A-Z0-9_]{2,60}$/.test(code)
      ? [code]
      : []),
    ...inner.flatMap(each => codesOf(each, depth + 1)),
  ];
}
