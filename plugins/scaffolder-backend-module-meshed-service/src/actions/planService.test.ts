import { existsSync } from 'node:fs';
import { aFolder } from '../__testUtils__/aPlace';
import { aRequest } from '../__testUtils__/aService';
import { aStep } from '../__testUtils__/aStep';

jest.setTimeout(300_000);

const id = 'meshedService:service:plan';
const publish = 'meshedService:repository:publish';

describe('meshedService:service:plan', () => {
  it('finds a free name, then the service as it is, then other answers, then another owner', async () => {
    const step = aStep({ repositories: `${aFolder()}/repositories` });
    const outcomeOf = async (service = aRequest()) =>
      (await step.run(id, { service })).output.outcome;

    const free = await outcomeOf();
    await step.run(publish, { service: aRequest() });

    expect({
      free,
      published: await outcomeOf(),
      otherAnswers: await outcomeOf(aRequest({ phase: 'enforce' })),
      otherOwner: await outcomeOf(aRequest({ owner: 'group:default/ledger' })),
    }).toEqual({
      free: 'create',
      published: 'unchanged',
      otherAnswers: 'change',
      otherOwner: 'taken',
    });
  });

  it('lists every file in the log, and writes none', async () => {
    const repositories = `${aFolder()}/repositories`;

    const { log, output } = await aStep({ repositories }).run(id, {
      service: aRequest(),
    });

    expect(log[0]).toBe(
      'local/cart/cart: The service is new; its name is free.',
    );
    expect(log).toContain('  create    meshed.service.yaml');
    expect(output.files).toHaveLength(log.length - 1);
    expect(existsSync(repositories)).toBe(false);
  });

  it('asks no forge in a dry run', async () => {
    const { output } = await aStep({ repositories: '/dev/null/nowhere' }).run(
      id,
      { service: aRequest() },
      { isDryRun: true },
    );

    expect(output).toEqual({
      entityRef: 'component:default/cart',
      repository: 'cart',
      outcome: 'notCompared',
      files: [],
      violations: [],
    });
  });
});
