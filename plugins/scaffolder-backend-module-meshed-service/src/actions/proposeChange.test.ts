import { aFolder } from '../__testUtils__/aPlace';
import { aRequest } from '../__testUtils__/aService';
import { aStep } from '../__testUtils__/aStep';
import { repositoriesIn } from '../__testUtils__/repositories';

jest.setTimeout(300_000);

const id = 'meshedService:change:propose';

describe('meshedService:change:propose', () => {
  async function aService(refuses: string[] = []) {
    const repositories = `${aFolder()}/repositories`;
    await aStep({ repositories }).run('meshedService:repository:publish', {
      service: aRequest(),
    });
    return {
      repositories,
      before: repositoriesIn(repositories),
      step: aStep({ repositories, refuses }),
    };
  }

  it('proposes other answers for review, the same change for the same answers', async () => {
    const { repositories, before, step } = await aService();
    const service = aRequest({ phase: 'enforce' });

    const first = await step.run(id, { service });
    const again = await aStep({ repositories }).run(id, { service });

    expect(first.output).toMatchObject({
      outcome: 'proposed',
      changeId: expect.stringMatching(/./),
      changeUrl: expect.stringMatching(/./),
      receipt: expect.stringContaining('Review it: '),
    });
    expect(again.output.changeId).toBe(first.output.changeId);
    expect(first.asked).toMatchObject([
      {
        permission: { name: 'meshed-service.change' },
        resourceRef: 'service:local/cart/cart',
      },
    ]);
    expect(repositoriesIn(repositories)).toEqual(before);
  });

  it('proposes nothing when nothing differs', async () => {
    const { step } = await aService();

    const { output } = await step.run(id, { service: aRequest() });

    expect(output).toMatchObject({ outcome: 'unchanged', changeId: '' });
  });

  it('asks the recorded owner, and the new one when the service is handed over', async () => {
    const { step: kept } = await aService(['service:local/cart/cart']);
    const { step: given } = await aService(['owner:group:default/ledger']);

    await expect(
      kept.run(id, { service: aRequest({ phase: 'enforce' }) }),
    ).rejects.toThrow(
      'user:default/ada may not change local/cart/cart, which belongs to group:default/shop',
    );
    await expect(
      given.run(id, { service: aRequest({ owner: 'group:default/ledger' }) }),
    ).rejects.toThrow(
      'user:default/ada may not ask for a service of group:default/ledger',
    );
  });

  it('says how to begin when there is no such service', async () => {
    const { step } = await aService();

    await expect(
      step.run(id, { service: aRequest({ name: 'basket' }) }),
    ).rejects.toThrow(
      'There is no service local/basket/basket to change. Create it first',
    );
  });
});
