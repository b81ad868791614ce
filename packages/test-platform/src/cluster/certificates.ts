import 'reflect-metadata';
import {
  generateKeyPairSync,
  randomBytes,
  webcrypto,
  type KeyObject,
} from 'node:crypto';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 60 * 60_000;

export type Pki = {
  /** PEM. */
  authority: string;
  certificate: string;
  key: string;
  serviceAccountKey: string;
  serviceAccountPublicKey: string;
};

/** Keys and certificates of one run: they are worth nothing after it. */
export async function makePki(): Promise<Pki> {
  const crypto = webcrypto as Crypto;
  x509.cryptoProvider.set(crypto);
  const validity = {
    // A clock that is a little behind is no reason to fail.
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + 30 * DAY_MS),
    signingAlgorithm: algorithm,
  };
  const authorityKeys = await makeKeys(crypto);
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    serialNumber: serialNumber(),
    name: 'CN=meshway-test-platform',
    keys: authorityKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 1, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
    ],
  });
  const keys = await makeKeys(crypto);
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity,
    serialNumber: serialNumber(),
    subject: 'CN=kube-apiserver',
    issuer: authority.subject,
    publicKey: keys.publicKey,
    signingKey: authorityKeys.privateKey,
    extensions: [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'ip', value: '127.0.0.1' },
        { type: 'dns', value: 'localhost' },
        { type: 'dns', value: 'kubernetes.default.svc' },
      ]),
    ],
  });
  const serviceAccount = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    authority: authority.toString('pem'),
    certificate: certificate.toString('pem'),
    key: x509.PemConverter.encode(
      await crypto.subtle.exportKey('pkcs8', keys.privateKey),
      'PRIVATE KEY',
    ),
    serviceAccountKey: pem(serviceAccount.privateKey, 'pkcs8'),
    serviceAccountPublicKey: pem(serviceAccount.publicKey, 'spki'),
  };
}

const makeKeys = (crypto: Crypto) =>
  crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

/** Positive, so that it needs no byte before it. */
const serialNumber = () => `01${randomBytes(8).toString('hex')}`;

const pem = (key: KeyObject, type: 'pkcs8' | 'spki') =>
  key.export({ format: 'pem', type }).toString();
