import { aPackThatRefuses } from '../__testUtils__/aPack';
import { aFolder } from '../__testUtils__/aPlace';
import { aRequest } from '../__testUtils__/aService';
import { aStep } from '../__testUtils__/aStep';

const folder = aFolder();
const repositories = `${folder}/repositories`;
const id = 'meshedService:bundle:admit';

describe('meshedService:bundle:admit', () => {
  it('names the pack that let the service through', async () => {
    const { output } = await aStep({ repositories }).run(id, {
      service: aRequest(),
    });

    expect(output).toEqual({
      pack: expect.stringMatching(/^mesh-baseline@/),
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      guardrails: expect.any(Number),
    });
  });

  it('fails with every violation and its fix', async () => {
    const pack = aPackThatRefuses(`${folder}/strict`);

    await expect(
      aStep({ repositories, pack }).run(id, { service: aRequest() }),
    ).rejects.toThrow(
      /MSG900 Namespace cart: the platform takes no new namespace.*Come back on Monday/s,
    );
  });

  it.each([
    ['missing', `${folder}/none`],
    ['broken', folder],
  ])('fails when the pack is %s', async (_, pack) => {
    await expect(
      aStep({ repositories, pack }).run(id, { service: aRequest() }),
    ).rejects.toThrow(/pack/);
  });
});
