import 'reflect-metadata';
import {
  X509CertificateGenerator,
  SubjectAlternativeNameExtension,
} from '@peculiar/x509';
import { webcrypto } from 'node:crypto';

/** @returns a certificate for 127.0.0.1 and api.example.test that signs itself, and its key. */
export async function aCertificate(
  valid: { from?: string; until?: string } = {},
): Promise<{ cert: string; key: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, [
    'sign',
    'verify',
  ]);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=127.0.0.1',
      notBefore: new Date(valid.from ?? '2020-01-01'),
      notAfter: new Date(valid.until ?? '2099-01-01'),
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new SubjectAlternativeNameExtension([
          { type: 'ip', value: '127.0.0.1' },
          { type: 'dns', value: 'api.example.test' },
        ]),
      ],
    },
    webcrypto as Crypto,
  );
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    cert: certificate.toString('pem'),
    key: `-----BEGIN PRIVATE KEY-----\n${Buffer.from(key).toString(
      'base64',
    )}\n-----END PRIVATE KEY-----\n`,
  };
}
