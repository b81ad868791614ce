import { mockCredentials } from '@backstage/backend-test-utils';
import { provisioningParts } from '@meshway/plugin-meshed-service-common';
import {
  aBackend,
  agrees,
  aReceipt,
  Asked,
  Said,
} from '../__testUtils__/aBackend';
import { aFolder } from '../__testUtils__/aPlace';
import { aRequest } from '../__testUtils__/aService';
import { aStep } from '../__testUtils__/aStep';

jest.setTimeout(300_000);
const service = aRequest();

describe.each(provisioningParts)('meshedService:%s:ensure', part => {
  const id = `meshedService:${part}:ensure`;
  let backend: Awaited<ReturnType<typeof aBackend>>;
  let says: (asked: Asked) => Said;
  beforeAll(async () => {
    backend = await aBackend(asked => says(asked));
  });
  afterAll(() => backend.stop());
  beforeEach(() => {
    says = agrees;
    backend.asked.length = 0;
  });
  const step = () =>
    aStep({ repositories: `${aFolder()}/none`, backend: backend.url });

  it('asks the backend for this part and nothing else, once', async () => {
    const action = step();
    const { output } = await action.run(id, { service });
    await action.run(id, { service });

    expect(backend.asked).toEqual([
      {
        line: `PUT /v1/services/local/cart/cart/${part}`,
        body: expect.objectContaining({
          spec: expect.objectContaining({ name: 'cart' }),
          task: 'task-1',
          waitSeconds: 0,
        }),
      },
    ]);
    expect(output).toMatchObject({
      outcome: 'written',
      changes: ['created Namespace cart'],
    });
  });

  it('says what waits, and writes of people never as Markdown', async () => {
    const [first] = aReceipt().steps;
    says = () => ({
      lines: [
        {
          receipt: aReceipt({
            outcome: 'partial',
            steps: [
              {
                ...first,
                outcome: 'waiting',
                because: '[click](http://evil)\n# me',
              },
            ],
          }),
        },
      ],
    });
    const { output } = await step().run(id, { service });

    expect(output).toMatchObject({
      outcome: 'partial',
      waits: ['waiting Namespace cart: [click](http://evil)\n# me'],
    });
    expect(output.receipt).toContain(
      '- waiting Namespace cart: \\[click\\](http://evil) \\# me',
    );
  });

  it('refuses a task that no user started, and a request that cannot work', async () => {
    await expect(
      step().run(
        id,
        { service },
        { credentials: mockCredentials.service() as never },
      ),
    ).rejects.toThrow('this task was started by none');
    await expect(
      step().run(id, { service: aRequest({ admin: true }) }),
    ).rejects.toThrow('admin: is not a field');
    expect(backend.asked).toEqual([]);
  });

  it('asks nobody in a dry run', async () => {
    const { output } = await step().run(id, { service }, { isDryRun: true });

    expect(output).toMatchObject({
      service: 'local/cart/cart',
      outcome: 'notWritten',
    });
    expect(backend.asked).toEqual([]);
  });
});
