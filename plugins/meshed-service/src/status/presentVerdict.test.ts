import {
  rungs,
  states,
  type Rung,
} from '@meshway/plugin-meshed-service-common';
import { statuses } from './__fixtures__/statuses';
import { presentState } from './presentState';
import { presentRung, presentStatus, presentVerdict } from './presentVerdict';

describe('presentVerdict', () => {
  it('gives every rung a label, a meaning and an icon of its own', () => {
    const presented = rungs.map(presentRung);

    expect(new Set(presented.map(({ label }) => label)).size).toBe(
      rungs.length,
    );
    expect(new Set(presented.map(({ icon }) => icon)).size).toBe(rungs.length);
    expect(presented.every(({ meaning }) => meaning.endsWith('.'))).toBe(true);
  });

  it('is green for enforced and for nothing else', () => {
    expect(rungs.filter(rung => presentRung(rung).tone === 'good')).toEqual([
      'enforced',
    ]);
    expect(states.filter(state => presentState(state).tone === 'good')).toEqual(
      [],
    );
  });

  it.each(rungs)('is grey for unknown, even when it is at most %s', atMost => {
    const because = 'Servers may not be read.';

    const { tone, label, meaning } = presentVerdict({
      kind: 'unknown',
      because,
      atMost,
    });

    expect({ tone, label }).toEqual({ tone: 'neutral', label: 'Unknown' });
    expect(meaning).toContain(because);
    expect(meaning).toContain(presentRung(atMost as Rung).label);
  });

  it.each(['longAgo', 'unconfirmed'] as const)(
    'is green for nothing that is %s, and says that it was',
    because => {
      const stale = { since: '2026-11-21T11:00:00.000Z', because };
      const presented = rungs.map(rung =>
        presentStatus(
          {
            declared: true,
            observed: true,
            verdict: { kind: 'known', rung },
          },
          stale,
        ),
      );

      expect(new Set(presented.map(({ tone }) => tone))).toEqual(
        new Set(['neutral']),
      );
      expect(presented.map(({ label }) => label)).toContain('Was: Enforced');
    },
  );

  it('does not call a service unknown of which nothing can be known yet', () => {
    expect(presentStatus(statuses.declaredOnly)).toMatchObject({
      label: 'Declared, nothing observed yet',
      tone: 'neutral',
    });
    expect(
      presentStatus({ ...statuses.declaredOnly, declared: false }),
    ).toMatchObject({ label: 'Nothing observed', tone: 'neutral' });
  });
});

describe('presentState', () => {
  it('gives every state a label and an icon of its own', () => {
    const presented = states.map(presentState);

    expect(new Set(presented.map(({ label }) => label)).size).toBe(
      states.length,
    );
    expect(new Set(presented.map(({ icon }) => icon)).size).toBe(states.length);
  });
});
