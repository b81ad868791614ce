import { readValidity, trustAnchorsIn } from '.';

/** Of ten years, made for tests by openssl; its key is nowhere. */
const pem = `-----BEGIN CERTIFICATE-----
MIIBejCCASGgAwIBAgIBATAKBggqhkjOPQQDAjAlMSMwIQYDVQQDDBpyb290Lmxp
bmtlcmQuY2x1c3Rlci5sb2NhbDAeFw0yNjAxMDEwMDAwMDBaFw0zNjAxMDEwMDAw
MDBaMCUxIzAhBgNVBAMMGnJvb3QubGlua2VyZC5jbHVzdGVyLmxvY2FsMFkwEwYH
KoZIzj0CAQYIKoZIzj0DAQcDQgAEqRPPResFMpP1NUNwv+QU+Wo5+fcgjtfFN059
gJeOKdTzTewEJE5oDBAjrkUXdT7bulBYmVyzrcxf0mu164QW0qNCMEAwDwYDVR0T
AQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAQYwHQYDVR0OBBYEFBztj/bXUJoStbrZ
CNlDDK2jNZHbMAoGCCqGSM49BAMCA0cAMEQCIHI2AM6VH5pMYzCMpMpetkxZnaju
zGzaNNmf/l5vsZEhAiBqnOCcKAYCwkkgNRGf4/v+aNgVVW9qyJ9945aqQLBt3Q==
-----END CERTIFICATE-----
`;

describe('a trust bundle', () => {
  it('holds the same, however it is written', () => {
    const [anchor] = trustAnchorsIn(pem);
    expect([
      trustAnchorsIn(`\n\n${pem.replace(/\n/g, '\r\n')}`),
      trustAnchorsIn(`# the root\n${pem}${pem}`),
    ]).toEqual([[anchor], [anchor]]);
  });

  it('holds nothing where no certificate stands', () => {
    expect(['', 'CERTIFICATE', pem.slice(0, 200)].map(trustAnchorsIn)).toEqual([
      [],
      [],
      [],
    ]);
  });
});

describe('readValidity', () => {
  it('reads from when to when a certificate holds', () => {
    expect(trustAnchorsIn(pem).map(readValidity)).toEqual([
      { notBefore: '2026-01-01T00:00:00Z', notAfter: '2036-01-01T00:00:00Z' },
    ]);
  });

  it('says nothing of what is no certificate, or is cut anywhere', () => {
    const [anchor] = trustAnchorsIn(pem);
    // The last four characters are padded: without the padding nothing is missing.
    const cut = [...anchor.slice(4)].map((_, length) =>
      anchor.slice(0, length),
    );
    expect(
      [...cut, 'AAAA', '????', '=='].map(readValidity).filter(Boolean),
    ).toEqual([]);
  });
});
