import { fromForm } from './fromForm';

describe('fromForm', () => {
  it('leaves out what an untouched form sends with nothing in it', () => {
    expect(
      fromForm({
        name: 'cart',
        rateLimit: { overrides: [] },
        egress: { allow: [] },
        quota: {},
        review: '',
        ports: [{ name: 'http', port: 8080, clients: [] }],
      }),
    ).toEqual({ name: 'cart', ports: [{ name: 'http', port: 8080 }] });
  });

  it('keeps everything that somebody filled in', () => {
    const values = {
      name: 'cart',
      rateLimit: { total: 10, overrides: [] },
      egress: { trafficPolicy: 'Deny', allow: [] },
      quota: { cpu: '2' },
      clients: [],
      ports: [{ name: 'http', clients: [{ namespace: 'shop' }] }],
    };

    expect(fromForm(values)).toEqual(values);
  });

  it('keeps what does not belong, so that the parser can name it', () => {
    const values = JSON.parse(
      '{"name": 1, "surprise": true, "review": {"x": 1}, "ports": "none", "quota": null, "__proto__": {"admin": true}}',
    );

    const kept = fromForm(values) as object;

    expect(Object.entries(kept)).toEqual(Object.entries(values));
    expect(Object.keys(kept)).toContain('__proto__');
  });

  it.each([undefined, null, 7, 'cart', [{ name: 'cart' }]])(
    'passes on %p, which is not an object',
    value => {
      expect(fromForm(value)).toBe(value);
    },
  );
});
