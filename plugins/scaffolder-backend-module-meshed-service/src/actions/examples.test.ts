import { readFileSync } from 'node:fs';
import path from 'node:path';
import { validate } from 'jsonschema';
import { createTemplateRenderer } from 'nunjitsu';
import { parse } from 'yaml';
import { aBackend } from '../__testUtils__/aBackend';
import { aFolder, checkout } from '../__testUtils__/aPlace';
import { aRequest } from '../__testUtils__/aService';
import { aStep, servicesOver } from '../__testUtils__/aStep';
import { createMeshedServiceActions } from '.';

jest.setTimeout(300_000);

const actions = createMeshedServiceActions(
  servicesOver({ repositories: `${aFolder()}/repositories` }),
);
let backend: Awaited<ReturnType<typeof aBackend>>;
beforeAll(async () => {
  backend = await aBackend();
});
afterAll(() => backend.stop());
const page = readFileSync(path.join(checkout, 'docs/actions.md'), 'utf8');

describe.each(actions.map(action => [action.id, action] as const))(
  '%s',
  (id, { examples = [], schema, supportsDryRun }) => {
    it.each(examples.map(({ description, example }) => [description, example]))(
      'runs its example: %s',
      async (_, example) => {
        const step = aStep({
          repositories: `${aFolder()}/repositories`,
          backend: backend.url,
        });
        if (id === 'meshedService:change:propose')
          await step.run('meshedService:repository:publish', {
            service: aRequest({ phase: 'observe' }),
          });
        const [{ action, input, ...rest }] = parse(example).steps;
        const rendered = rendering(input);

        expect(action).toBe(id);
        expect(Object.keys(rest)).toEqual(['id', 'name']);
        expect(validate(rendered, schema?.input ?? {}).errors).toEqual([]);
        const { output } = await step.run(id, rendered);
        expect(validate(output, schema?.output ?? {}).errors).toEqual([]);
      },
    );

    it('documents itself: description, examples, every field, and a heading in docs/actions.md', () => {
      const fields = Object.entries({
        ...schema?.input?.properties,
        ...schema?.output?.properties,
      });

      expect(examples.length).toBeGreaterThan(0);
      expect(supportsDryRun).toBe(true);
      expect(fields.filter(([, field]) => !field.description)).toEqual([]);
      expect(page).toContain(`\n## ${id}\n`);
      for (const [name] of fields) expect(page).toContain(`\`${name}\``);
    });
  },
);

it('documents no action that there is not', () => {
  expect([...page.matchAll(/^## (.+)$/gm)].map(([, id]) => id)).toEqual(
    actions.map(({ id }) => id),
  );
});

/** As the scaffolder does it, with its own engine. */
function rendering(input: unknown) {
  const renderer = createTemplateRenderer({});
  const context = JSON.parse(
    JSON.stringify({
      parameters: aRequest(),
      secrets: { USER_OAUTH_TOKEN: 'the-token-of-ada' },
    }),
  );
  return JSON.parse(JSON.stringify(input), (_, value) =>
    typeof value === 'string' ? renderer.renderValue(value, context) : value,
  );
}
