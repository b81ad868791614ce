import { aFolder } from '../__testUtils__/aPlace';
import { aRequest } from '../__testUtils__/aService';
import { aStep } from '../__testUtils__/aStep';

const step = aStep({ repositories: `${aFolder()}/repositories` });
const id = 'meshedService:spec:parse';

describe('meshedService:spec:parse', () => {
  it('fills in every default and says what the service will be called', async () => {
    const { output, log } = await step.run(id, { service: aRequest() });

    expect(output).toMatchObject({
      service: {
        name: 'cart',
        namespace: 'cart',
        phase: 'audit',
        delivery: { mode: 'gitops', repository: 'cart', project: 'shop' },
      },
      serviceRef: 'local/cart/cart',
      entityRef: 'component:default/cart',
      repository: 'cart',
    });
    expect(output.service).not.toHaveProperty('rateLimit');
    expect(log).toEqual([
      'local/cart/cart of group:default/shop: 1 ports, 2 clients, 1 calls, phase audit, delivery gitops',
    ]);
  });

  it.each([
    ['nothing', {}, /name: is required/],
    ['an unknown field', aRequest({ admin: true }), /admin: is not a field/],
    [
      'an own __proto__',
      JSON.parse('{"name":"cart","__proto__":{"admin":true}}'),
      /__proto__: is not a field/,
    ],
    [
      'ten thousand characters',
      aRequest({ description: 'x'.repeat(10_000) }),
      /description: is longer than 500 characters/,
    ],
    [
      'a template expression',
      aRequest({ name: '${{ secrets.token }}' }),
      /name: .*is not possible here/,
    ],
  ])(
    'refuses %s, naming the field, without a stack',
    async (_, service, words) => {
      const refusal = step.run(id, { service });

      await expect(refusal).rejects.toThrow(words);
      await expect(refusal).rejects.toMatchObject({
        stack: expect.not.stringMatching(/\n\s+at /),
      });
    },
  );
});
