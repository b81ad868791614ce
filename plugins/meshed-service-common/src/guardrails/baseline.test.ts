import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { annotations, labels } from '../model';
import { loadGuardrailPack, runGuardrailTests, unjudgeable } from '.';

const root = resolve(__dirname, '../../../..');
const folder = join(root, 'infra/guardrails');
const files = new Map(
  readdirSync(folder)
    .sort()
    .map(file => [file, readFileSync(join(folder, file), 'utf8')]),
);
const pack = loadGuardrailPack(files);

describe('a case beside a rule of the baseline pack', () => {
  it.each(
    runGuardrailTests(pack).map(result => [
      `${result.code} ${result.name}`,
      result,
    ]),
  )('%s', (_name, result) => {
    expect(result).toEqual({ ...result, passed: true });
  });
});

describe('the baseline pack', () => {
  it('numbers its rules without a gap', () => {
    expect(pack.guardrails.map(({ code }) => code)).toEqual(
      pack.guardrails.map(
        (_, index) => `MSG${String(index + 1).padStart(3, '0')}`,
      ),
    );
  });

  it('knows our labels by the names that the renderers write', () => {
    const known = new Set<string>([
      ...Object.values(labels),
      ...Object.values(annotations),
      'config.linkerd.io/skip-subnets',
      'pod-security.kubernetes.io/enforce-version',
      'meshway.dev/judged-in',
      'meshway.dev/v1alpha1',
      ...['code', 'title', 'why', 'fix', 'docs', 'severity', 'holds'].map(
        key => `meshway.dev/${key}`,
      ),
    ]);
    const keys =
      /(?:meshway\.dev|linkerd\.io|app\.kubernetes\.io|pod-security\.kubernetes\.io)\/[-a-z0-9]+/g;
    const rules = [...files].filter(([file]) => !file.endsWith('.test.yaml'));
    const used = rules.flatMap(([file, text]) =>
      [...text.matchAll(/[-.a-z0-9]+\/[-a-z0-9]+/g)]
        .map(([key]) => key)
        .filter(key => key.match(keys))
        .map(key => ({ file, key })),
    );
    expect(used.length).toBeGreaterThan(100);
    expect(used.filter(({ key }) => !known.has(key))).toEqual([]);
  });
});

describe('docs/guardrails.md', () => {
  const documentation = readFileSync(
    join(root, 'docs/guardrails.md'),
    'utf8',
  ).replace(/\\(?=[*_<>])/g, '');
  const sections = new Map(
    documentation
      .split(/^## /m)
      .slice(1)
      .map(section => [section.split('\n')[0], section]),
  );

  it('has a heading for every code, and none for a code that is not there', () => {
    expect([...sections.keys()]).toEqual(
      [unjudgeable, ...pack.guardrails].map(
        ({ code, title }) => `${code} ${title}`,
      ),
    );
  });

  it.each(pack.guardrails.map(guardrail => [guardrail.code, guardrail]))(
    '%s says what the rule says',
    (_code, { code, title, why, fix, docs, file, holds, severity }) => {
      const section = sections.get(`${code} ${title}`) ?? '';
      const anchor = `${code} ${title}`
        .toLowerCase()
        .replace(/[^- a-z0-9]/g, '')
        .replace(/ /g, '-');
      expect(docs).toBe(`docs/guardrails.md#${anchor}`);
      for (const part of [why, `Fix: ${fix}`, `infra/guardrails/${file}`])
        expect(section).toContain(part);
      expect(documentation.replace(/ +/g, ' ')).toContain(
        `| [${code}](#${anchor}) | ${title} | ${holds} | ${severity} |`,
      );
    },
  );
});
