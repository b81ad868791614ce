import type { KubernetesObject } from '../model';
import { admit, loadGuardrailPack, runGuardrailTests } from '.';
import { aGuardrailPackFolder } from '../testUtils';

const pack = loadGuardrailPack(aGuardrailPackFolder());

const aConfigMap = (
  name: string,
  data: Record<string, unknown>,
): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop' },
  data,
});

/** What reached us as JSON, whatever it claims to be. */
const fromJson = (text: string): KubernetesObject => JSON.parse(text);

describe('admit', () => {
  it('finds nothing in what keeps the rules', () => {
    expect(admit([aConfigMap('settings', { a: '1' })], pack)).toEqual([]);
  });

  it('says what is wrong, why, where, and what to do, sorted by code and object', () => {
    const refused = (name: string) => ({
      code: 'MSG901',
      title: 'Settings are few',
      message: 'More than one setting.',
      why: 'Few settings are read.',
      fix: 'Leave one setting.',
      docs: 'docs/guardrails.md#msg901-settings-are-few',
      ref: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name },
      path: 'data',
      clause: 'size(object.data) <= 1',
    });
    expect(
      admit(
        ['b', 'a'].map(name => aConfigMap(name, { a: '1', b: '2' })),
        pack,
      ),
    ).toEqual([refused('a'), refused('b')]);
  });

  it('counts a key __proto__ as any other', () => {
    const object = fromJson(
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"},"data":{"__proto__":{"a":1},"b":1}}',
    );
    expect(admit([object], pack).map(({ code }) => code)).toEqual(['MSG901']);
  });

  it.each([
    [
      'a list, which would carry its items past the rules',
      '{"apiVersion":"v1","kind":"List","metadata":{"name":"x"},"items":[]}',
      'The object is a list; its items would not be judged.',
    ],
    [
      'what is no object',
      '"text"',
      'The object is no Kubernetes object: apiVersion, kind and metadata.name are needed.',
    ],
    [
      'nothing',
      'null',
      'The object is no Kubernetes object: apiVersion, kind and metadata.name are needed.',
    ],
    [
      'a kind that is no text',
      '{"apiVersion":"v1","kind":["ConfigMap"],"metadata":{"name":"x"}}',
      'The object is no Kubernetes object: apiVersion, kind and metadata.name are needed.',
    ],
    [
      'what is nested without end',
      `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"},"data":${'['.repeat(
        500,
      )}${']'.repeat(500)}}`,
      'The object is nested more than 64 levels deep.',
    ],
    [
      'what is too large',
      `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"},"data":{"a":"${'x'.repeat(
        1_600_000,
      )}"}}`,
      'The object holds more than 1500000 characters.',
    ],
  ])('refuses %s', (_what, json, message) => {
    expect(
      admit([fromJson(json)], pack).map(violation => [
        violation.code,
        violation.message,
      ]),
    ).toEqual([['MSG000', message]]);
  });

  it('refuses to judge thousands of objects at once', () => {
    const many = Array.from({ length: 1_001 }, () => aConfigMap('x', {}));
    expect(admit(many, pack).map(({ message }) => message)).toEqual([
      '1001 objects are more than the 1000 that are judged together',
    ]);
  });

  it('is not asked about rules that hold in the cluster only', () => {
    const files = new Map(aGuardrailPackFolder());
    files.set(
      'small.yaml',
      (files.get('small.yaml') ?? '').replace('everywhere', 'cluster'),
    );
    const cluster = loadGuardrailPack(files);
    expect(admit([aConfigMap('x', { a: '1', b: '2' })], cluster)).toEqual([]);
    expect(runGuardrailTests(cluster).every(({ passed }) => passed)).toBe(true);
  });
});

describe('runGuardrailTests', () => {
  it('says what happened instead', () => {
    const files = new Map(aGuardrailPackFolder());
    files.set(
      'small.test.yaml',
      (files.get('small.test.yaml') ?? '').replace(
        "{ a: '1' }",
        "{ a: '1', b: '2' }",
      ),
    );
    expect(runGuardrailTests(loadGuardrailPack(files))).toEqual([
      {
        code: 'MSG901',
        file: 'small.test.yaml',
        line: 2,
        name: 'lets one setting be',
        passed: false,
        problem: 'refused by MSG901 (More than one setting.)',
      },
      {
        code: 'MSG901',
        file: 'small.test.yaml',
        line: 8,
        name: 'refuses two settings',
        passed: true,
      },
    ]);
  });
});
