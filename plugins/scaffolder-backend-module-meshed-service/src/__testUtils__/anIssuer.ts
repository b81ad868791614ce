import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { httpRouterServiceFactory } from '@backstage/backend-defaults/httpRouter';
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  JsonWebKey,
  sign,
} from 'node:crypto';

const header = { alg: 'ES256', kid: 'the-key-of-this-test' };
const encoded = (value: object) =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

/** @returns a key that an issuer can be made from again, in another process. */
export const aKey = (): JsonWebKey =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    format: 'jwk',
  });

/**
 * Signs people in as the portal's auth plugin does, but for as long as a test wants: the plugin itself knows no sign-in that
 * is shorter than ten minutes. Everything that checks tokens and passes them on is Backstage's own.
 */
export function anIssuer(key: JsonWebKey) {
  const privateKey = createPrivateKey({ key, format: 'jwk' });
  const publicKey = createPublicKey(privateKey).export({ format: 'jwk' });
  const signed = (typ: string, claims: object) => {
    const content = `${encoded({ typ, ...header })}.${encoded(claims)}`;
    const signature = sign('sha256', Buffer.from(content), {
      key: privateKey,
      dsaEncoding: 'ieee-p1363',
    });
    return `${content}.${signature.toString('base64url')}`;
  };
  const auth = createBackendPlugin({
    pluginId: 'auth',
    register({ registerInit }) {
      registerInit({
        deps: { httpRouter: coreServices.httpRouter },
        async init({ httpRouter }) {
          httpRouter.use((request, response, next) => {
            if (request.path === '/.well-known/jwks.json')
              response.json({ keys: [{ ...publicKey, ...header }] });
            else next();
          });
          httpRouter.addAuthPolicy({
            path: '/.well-known/jwks.json',
            allow: 'unauthenticated',
          });
        },
      });
    },
  });
  return {
    features: [
      auth,
      authServiceFactory,
      httpAuthServiceFactory,
      httpRouterServiceFactory,
    ],
    /** @returns the Authorization header of somebody who is signed in for so long. */
    signIn(sub: string, seconds = 3600): string {
      const iat = Math.floor(Date.now() / 1000);
      const times = { iat, exp: iat + seconds };
      const [, , uip] = signed('vnd.backstage.limited-user', {
        sub,
        ...times,
      }).split('.');
      return `Bearer ${signed('vnd.backstage.user', {
        iss: 'http://localhost/api/auth',
        sub,
        ent: [sub],
        aud: 'backstage',
        ...times,
        uip,
      })}`;
    },
  };
}
