import {
  serviceRefOf,
  servicesResponseSchema,
} from '@meshway/plugin-meshed-service-common';
import request from 'supertest';
import { allow, aPortal, ownersOnly } from '../__testUtils__/aPortal';
import { isDocumented } from '../__testUtils__/isDocumented';
import { legacy, payments, publishClaims } from '../__testUtils__/threeClaims';

describe('the list of services over HTTP', () => {
  const portal = aPortal({ 'legacy.yaml': legacy });
  let server: Parameters<typeof request>[0];

  beforeAll(async () => {
    await publishClaims(portal);
    server = await portal.start();
  });

  const policySays = (decision: typeof allow) =>
    portal.permissions.authorizeConditional.mockImplementation(async queries =>
      queries.map(() => decision),
    );
  beforeEach(() => policySays(allow));
  const get = (path: string) =>
    request(server).get(`/api/meshed-service/v1/${path}`).expect(isDocumented);

  it('lists what was asked for and what is seen, and counts only what the asker may see', async () => {
    const all = servicesResponseSchema.parse((await get('services')).body);
    expect(
      all.items
        .map(({ service, declared, owner }) => [service.name, declared, owner])
        .sort(),
    ).toEqual([
      ['broken', true, 'group:default/broken'],
      ['cart', true, 'group:default/shop'],
      ['legacy', false, undefined],
      ['payments', true, 'group:default/payments'],
    ]);

    policySays(ownersOnly('group:default/shop'));
    const mine = servicesResponseSchema.parse((await get('services')).body);
    expect([mine.total, mine.items.map(({ service }) => service.name)]).toEqual(
      [1, ['cart']],
    );
  });

  it('filters and pages the list', async () => {
    const names = async (query: string) => {
      const { body } = await get(`services?${query}`);
      const { items, total } = servicesResponseSchema.parse(body);
      return [total, items.map(({ service }) => service.name)];
    };
    expect(await names('owner=group:default/shop')).toEqual([1, ['cart']]);
    expect(await names('search=PAY')).toEqual([1, ['payments']]);
    expect(await names('namespace=legacy')).toEqual([1, ['legacy']]);
    expect(await names('cluster=elsewhere')).toEqual([0, []]);
    expect(await names('limit=1&offset=1')).toEqual([4, [expect.any(String)]]);
  });

  it('gives the list as a file, with what the asker may see and nothing else', async () => {
    policySays(ownersOnly('group:default/shop'));
    const asCsv = await get('services/export?format=csv');
    const [head, ...lines] = asCsv.text.trimEnd().split('\r\n');
    expect([
      asCsv.get('Content-Type'),
      asCsv.get('Content-Disposition'),
      asCsv.get('Cache-Control'),
    ]).toEqual([
      'text/csv; charset=utf-8; header=present',
      'attachment; filename="services.csv"',
      'private, no-store',
    ]);
    expect(head).toMatch(/^"cluster","namespace","name","owner"/);
    expect(lines).toEqual([
      expect.stringMatching(/^"local","cart","cart","group:default\/shop"/),
    ]);

    policySays(allow);
    const asJson = await get('services/export?format=json&search=pay');
    expect([asJson.get('Meshway-Services'), asJson.body.items]).toEqual([
      '1',
      [expect.objectContaining({ service: serviceRefOf(payments) })],
    ]);
    const refused = await get('services/export?format=pdf');
    expect([refused.status, refused.body.error.message]).toEqual([
      400,
      expect.stringMatching(/format/),
    ]);
  });
});
