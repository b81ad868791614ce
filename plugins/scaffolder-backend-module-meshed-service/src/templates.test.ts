import { readFileSync } from 'node:fs';
import path from 'node:path';
import { validate } from 'jsonschema';
import { annotations } from '@meshway/plugin-meshed-service-common';
import { parse } from 'yaml';
import { createMeshedServiceActions } from './actions';
import { aFolder, checkout } from './__testUtils__/aPlace';
import { servicesOver } from './__testUtils__/aStep';
import {
  fieldsOf,
  readTemplate,
  templateFolder,
  templateNames,
} from './__testUtils__/readTemplate';

const actions = createMeshedServiceActions(
  servicesOver({ repositories: `${aFolder()}/repositories` }),
);
const pages: Record<string, string> = {
  'meshed-service': 'template.md',
  'change-phase': 'template-change-phase.md',
  'retire-service': 'template-retire-service.md',
};

describe.each(templateNames())('the template %s', name => {
  const template = readTemplate(name);
  const fields = template.spec.parameters.flatMap(page => [
    ...fieldsOf(page),
    ...Object.values(page.dependencies ?? {}).flatMap(({ oneOf = [] }) =>
      oneOf.flatMap(option => fieldsOf(option)),
    ),
  ]);

  it('is named like its folder', () => {
    expect(template.metadata.name).toBe(name);
  });

  it('is the newest release, and the changelog tells of it', () => {
    const version =
      template.metadata.annotations?.[annotations.backstageTemplateVersion];
    const read = (file: string) =>
      readFileSync(path.join(templateFolder(name), file), 'utf8');
    const { releases, template: ref } = parse(read('releases.yaml'));

    expect(ref).toBe(`template:default/${name}`);
    expect(releases.at(-1).version).toBe(version);
    expect(read('CHANGELOG.md')).toContain(`## ${version}\n`);
  });

  it('asks our actions only, for inputs that they have', () => {
    for (const { action, input = {} } of template.spec.steps) {
      const { schema } = actions.find(({ id }) => id === action) ?? {};
      expect([action, Object.keys(schema?.input?.properties ?? {})]).toEqual([
        action,
        expect.arrayContaining(Object.keys(input)),
      ]);
    }
  });

  it('gives only what its steps have', () => {
    const said = JSON.stringify([template.spec.output, template.spec.steps]);
    for (const [, step, output] of said.matchAll(
      /steps\.(\w+)\.output\.(\w+)/g,
    )) {
      const { action } =
        template.spec.steps.find(({ id }) => id === step) ?? {};
      const { schema } = actions.find(({ id }) => id === action) ?? {};
      expect(Object.keys(schema?.output?.properties ?? {})).toContain(output);
    }
  });

  it('has a page that explains every field', () => {
    const page = readFileSync(
      path.join(checkout, 'docs', pages[name] ?? 'none'),
      'utf8',
    );
    const missing = fields
      .map(([field]) => field)
      .filter(field => !page.includes(`\`${field}\``));

    expect(missing).toEqual([]);
  });
});

describe('the form of change-phase', () => {
  const [page] = readTemplate('change-phase').spec.parameters;
  const service = 'component:default/cart';
  const isAccepted = (values: object) =>
    validate({ service, ...values }, page).errors.length === 0;

  it.each<[string, object, boolean]>([
    ['enforce with a reason', { phase: 'enforce', reason: 'Seen' }, true],
    ['enforce without one, as traffic may speak', { phase: 'enforce' }, true],
    ['enforce with an empty one', { phase: 'enforce', reason: '' }, true],
    ['audit with a reason', { phase: 'audit', reason: 'Seen' }, true],
    ['audit on the way back', { phase: 'audit' }, true],
    ['observe', { phase: 'observe', force: true }, true],
    ['a phase that there is not', { phase: 'off' }, false],
    ['no phase', {}, false],
  ])('judges %s', (_, values, accepted) => {
    expect(isAccepted(values)).toBe(accepted);
  });
});
