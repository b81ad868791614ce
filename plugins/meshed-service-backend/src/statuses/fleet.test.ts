import {
  exportQuerySchema,
  ServiceSummary,
  servicesQuerySchema,
} from '@meshway/plugin-meshed-service-common';
import { csv } from './exportFleet';
import { matching, pageOf, sorted } from './fleet';

const aSummary = (
  name: string,
  more: Partial<ServiceSummary> = {},
): ServiceSummary => ({
  service: { cluster: 'eu-1', namespace: 'shop', name },
  declared: true,
  observed: true,
  verdict: { kind: 'known', rung: 'enforced' },
  state: 'ok',
  summary: 'Enforced.',
  ...more,
});

const fleet = [
  aSummary('web', { templateVersion: '1.10.0', owner: 'group:default/b' }),
  aSummary('api', {
    state: 'degraded',
    templateVersion: '1.9.0',
    phase: 'audit',
    verdict: { kind: 'known', rung: 'notMeshed' },
  }),
  aSummary('db', {
    state: 'unknown',
    owner: 'group:default/a',
    verdict: { kind: 'unknown', because: 'why', atMost: 'enforced' },
  }),
  aSummary('job', { phase: 'enforce' }),
];
const names = (services: readonly ServiceSummary[]) =>
  services.map(({ service }) => service.name).join(' ');

describe('the fleet', () => {
  it.each([
    [{}, 'api db job web'],
    [{ descending: 'true' }, 'job web db api'],
    [{ sort: 'name' }, 'api db job web'],
    [{ sort: 'templateVersion' }, 'api web db job'],
    [{ sort: 'templateVersion', descending: 'true' }, 'web api db job'],
    [{ sort: 'owner' }, 'db web api job'],
    [{ sort: 'verdict' }, 'api job web db'],
    [{ sort: 'phase' }, 'api job db web'],
  ])('sorted by %j is always %s', (query, expected) => {
    const { sort, descending } = servicesQuerySchema.parse(query);
    const orders = [fleet, [...fleet].reverse()].map(each =>
      names(sorted(each, { sort, descending })),
    );
    expect(orders).toEqual([expected, expected]);
  });

  it.each([
    [{ state: 'degraded' }, 'api'],
    [{ verdict: 'unknown' }, 'db'],
    [{ phase: 'enforce' }, 'job'],
    [{ templateVersion: '1.10.0' }, 'web'],
    [{ owner: 'group:default/a' }, 'db'],
    [{ cluster: 'us-1' }, ''],
    [{ search: 'B' }, 'web db job'],
  ])('filtered by %j is %s', (query, expected) => {
    expect(names(matching(fleet, servicesQuerySchema.parse(query)))).toBe(
      expected,
    );
  });

  it('is counted whole, and shown by the page', () => {
    const query = servicesQuerySchema.parse({ limit: '1', offset: '1' });
    const page = pageOf(fleet, query);
    expect({ ...page, items: names(page.items) }).toEqual({
      items: 'db',
      total: 4,
      counts: { enforced: 2, notMeshed: 1, unknown: 1 },
      countsByState: { ok: 2, degraded: 1, unknown: 1 },
    });
  });

  it('says how old the oldest of all is that it counts', () => {
    const [noon, evening] = ['12', '18'].map(
      hour => `2026-11-22T${hour}:00:00.000Z`,
    );
    const seen = [
      aSummary('web', { observedAt: evening }),
      aSummary('api', { observedAt: noon }),
      aSummary('db'),
    ];
    const query = servicesQuerySchema.parse({ limit: '1', search: 'web' });
    expect(pageOf(seen, query).oldestObservedAt).toBe(evening);
    expect(pageOf(seen, { ...query, search: undefined }).oldestObservedAt).toBe(
      noon,
    );
  });
});

describe('a spreadsheet of the fleet', () => {
  it.each([
    ['=HYPERLINK("http://evil","x")', `"'=HYPERLINK(""http://evil"",""x"")"`],
    ['+1', `"'+1"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\t=1"`],
    ['  =1', `"'  =1"`],
    ['＝1', `"'＝1"`],
    ['|cmd', `"'|cmd"`],
    ['a, "b"\nc', '"a, ""b""\nc"'],
    ['Enforced.', '"Enforced."'],
  ])('takes %j for text', (summary, cell) => {
    const line = csv.each(aSummary('web', { summary }), 0);
    expect(line).toBe(
      `"eu-1","shop","web","","","","","","ok","enforced","",${cell},"true","true",""\r\n`,
    );
  });

  it('names its columns', () => {
    expect(csv.before).toBe(
      '"cluster","namespace","name","owner","entity","phase","template","template version","state","verdict","at most","summary","declared","observed","observed at"\r\n',
    );
  });

  it('is asked for with the filters of the fleet', () => {
    expect(
      exportQuerySchema.safeParse({ format: 'csv', state: 'ok' }).success,
    ).toBe(true);
    expect(
      exportQuerySchema.safeParse({ format: 'csv', limit: '1' }).success,
    ).toBe(false);
  });
});
