import type {
  ServiceSummary,
  State,
  Verdict,
} from '@meshway/plugin-meshed-service-common';
import { Falls } from './Falls';
import { messagesOf } from './messageOf';

const minute = 60_000;
const service = { cluster: 'eu-1', namespace: 'shop', name: 'cart' };
const known = (rung: 'enforced' | 'audit' | 'notMeshed'): Verdict => ({
  kind: 'known',
  rung,
});
const unknown: Verdict = {
  kind: 'unknown',
  because: 'Pods have not been seen lately',
  atMost: 'enforced',
};
const aSummary = (
  verdict: Verdict,
  state: State,
  more: Partial<ServiceSummary> = {},
): ServiceSummary => ({
  service,
  owner: 'group:default/shop',
  entityRef: 'component:default/cart',
  declared: true,
  observed: true,
  verdict,
  state,
  summary: 'As it is.',
  phase: 'enforce',
  ...more,
});
const fine = aSummary(known('enforced'), 'ok');
const fallen = aSummary(known('notMeshed'), 'degraded');
const noData = aSummary(unknown, 'unknown');

/** @returns what the owner has heard at the end of each minute. */
function heard(minutes: ServiceSummary[]): string[] {
  const falls = new Falls(2 * minute);
  return minutes.map((summary, index) => {
    falls.see(service, summary, index * minute);
    return falls
      .due(index * minute)
      .map(({ kind }) => kind)
      .join();
  });
}

describe('a service that falls', () => {
  it.each([
    [
      'is told once, when it has stayed down, and once when it is up again',
      [fine, fallen, fallen, fallen, fallen, fine, fine],
      ['', '', '', 'fallen', '', 'recovered', ''],
    ],
    [
      'is not told when it is up again soon',
      [fine, fallen, fallen, fine, fine],
      ['', '', '', '', ''],
    ],
    [
      'is told again when it falls again',
      [fine, fallen, fallen, fallen, fine, fallen, fallen, fallen],
      ['', '', '', 'fallen', 'recovered', '', '', 'fallen'],
    ],
    [
      'is no fall while data is missing, and no recovery either',
      [
        fine,
        noData,
        noData,
        noData,
        fine,
        fallen,
        fallen,
        noData,
        noData,
        fallen,
      ],
      ['', '', '', '', '', '', '', '', '', 'fallen'],
    ],
    [
      'is not told when it was seen for the first time as it is',
      [fallen, fallen, fallen, fallen],
      ['', '', '', ''],
    ],
    [
      'is no fall when somebody moved it back a phase',
      [
        fine,
        ...Array(4).fill(aSummary(known('audit'), 'ok', { phase: 'audit' })),
      ],
      ['', '', '', '', ''],
    ],
    [
      'is told of nobody without an owner',
      [fine, fallen, fallen, fallen].map(summary => ({
        ...summary,
        owner: undefined,
      })),
      ['', '', '', ''],
    ],
  ])('%s', (_, minutes, expected) => {
    expect(heard(minutes)).toEqual(expected);
  });
});

describe('what an owner reads', () => {
  const fall = (name: string, owner: string) => ({
    kind: 'fallen' as const,
    owner,
    summary: { ...fallen, service: { ...service, name } },
  });

  it('names the service, and leads to it', () => {
    expect(messagesOf([fall('cart', 'group:default/shop')])).toEqual([
      {
        recipients: { type: 'entity', entityRef: 'group:default/shop' },
        payload: {
          title: 'cart has fallen: degraded',
          description: 'As it is.',
          severity: 'high',
          topic: 'meshed-service',
          scope: 'meshed-service:eu-1/shop/cart',
          link: '/catalog/default/component/cart',
        },
      },
    ]);
  });

  it('is one message when many services of one owner fall at once', () => {
    const many = Array.from({ length: 1_000 }, (_, index) =>
      fall(`s${index}`, index % 2 ? 'group:default/a' : 'group:default/b'),
    );
    const messages = messagesOf(many);
    expect(messages.map(({ payload }) => payload.title)).toEqual([
      '500 services have fallen',
      '500 services have fallen',
    ]);
    expect(messages[0].payload.description).toMatch(/and 490 more$/);
  });
});
