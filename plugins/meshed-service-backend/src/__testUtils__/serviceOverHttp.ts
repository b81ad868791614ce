import { aMeshedServiceInput } from '@meshway/plugin-meshed-service-common/testUtils';
import request from 'supertest';
import { isDocumented } from './isDocumented';
import { PROJECT } from './onPlatform';
import { Person, signedIn } from './people';

/** A service, and what people do with it. */
export type ServiceOverHttp = ReturnType<typeof serviceOverHttp>;

/** @returns a service of this name in a namespace of this name, which is not there yet, for the team `shop`. */
export function serviceOverHttp(
  server: Parameters<typeof request>[0],
  name: string,
) {
  const service = { cluster: 'local', namespace: name, name };
  const spec = (fields: Record<string, unknown> = {}) =>
    aMeshedServiceInput({
      name,
      owner: 'shop',
      ports: [{ name: 'http', port: 8080, protocol: 'HTTP/1' }],
      delivery: { mode: 'apply', repository: name, project: PROJECT },
      ...fields,
    });
  const base = '/api/meshed-service/v1';
  const path = `${base}/services/local/${name}/${name}`;
  return {
    name,
    service,
    spec,
    put: (person: Person, body: object, part = '') =>
      request(server)
        .put(part ? `${path}/${part}` : path)
        .set(...signedIn(person))
        .send(body)
        .expect(isDocumented),
    plan: (person: Person, body: object) =>
      request(server)
        .post(`${base}/plan`)
        .set(...signedIn(person))
        .send(body)
        .expect(isDocumented),
    verify: (person: Person, body: object) =>
      request(server)
        .post(`${path}/verify`)
        .set(...signedIn(person))
        .send(body)
        .expect(isDocumented),
    planRetirement: (person: Person, query: object = {}) =>
      request(server)
        .get(`${path}/retirement`)
        .query(query)
        .set(...signedIn(person))
        .expect(isDocumented),
    retire: (person: Person, body: object = {}) =>
      request(server)
        .delete(path)
        .set(...signedIn(person))
        .send(body)
        .expect(isDocumented),
  };
}
