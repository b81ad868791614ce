import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { formatObjectRef, KubernetesObject } from '../../model';
import {
  aMeshedServiceSpec,
  anObservation,
  aService,
  aTrafficEvidence,
  SomeRows,
} from '../../testUtils';
import type { KindFreshness, ObservedKind } from '../Observation';
import { observeObject } from '../doors';
import type { VaultRoleEvidence } from '../VaultRoleEvidence';
import { checks, evaluateCheck } from '.';

/** One answer of one check: `<check>/<state>-<cause>.yaml`. Adding a check asks for a folder, never for code here. */
type Fixture = {
  expect: { message: string; evidence: string[] };
  spec?: Record<string, unknown>;
  freshness?: Partial<Record<ObservedKind, KindFreshness>>;
  /** What a Prometheus answered. */
  traffic?: SomeRows;
  vaultRole?: VaultRoleEvidence;
  /** What the service was rendered to. */
  bundle?: KubernetesObject[];
  /** When the question is asked, where that changes the answer. */
  now?: string;
  objects: KubernetesObject[];
};

const root = join(__dirname, '__fixtures__');
const byName = new Map(checks.map(check => [nameOf(check.code), check]));
const fixtures = readdirSync(root)
  .sort()
  .flatMap(folder =>
    readdirSync(join(root, folder))
      .sort()
      .map(file => ({ folder, file: file.replace(/\.yaml$/, '') })),
  );

describe('checks', () => {
  it.each(fixtures)('$folder: $file', ({ folder, file }) => {
    const fixture: Fixture = parse(
      readFileSync(join(root, folder, `${file}.yaml`), 'utf8'),
    );
    const check = byName.get(folder);
    const observation = anObservation(fixture.objects, fixture.freshness);
    const outcome =
      check &&
      evaluateCheck(check, {
        spec: fixture.spec
          ? aMeshedServiceSpec({ ...aService, ...fixture.spec })
          : undefined,
        observation: {
          ...observation,
          vaultRole: fixture.vaultRole,
          bundle: fixture.bundle?.flatMap(each => observeObject(each) ?? []),
        },
        traffic: fixture.traffic
          ? aTrafficEvidence(observation, fixture.traffic)
          : undefined,
        now: fixture.now ?? '2026-01-31T10:00:00Z',
      });
    expect({
      state: outcome?.state,
      message: outcome?.message,
      evidence: outcome?.evidence.map(({ ref }) => formatObjectRef(ref)),
      tellsWhatToDo: outcome?.fix !== undefined,
    }).toEqual({
      state: file.split('-')[0],
      ...fixture.expect,
      tellsWhatToDo: ['degraded', 'missing'].includes(file.split('-')[0])
        ? true
        : outcome?.fix !== undefined,
    });
  });

  it('has fixtures for every check, the good case among them', () => {
    const folders = [...new Set(fixtures.map(({ folder }) => folder))];
    expect(folders).toEqual([...byName.keys()].sort());
    expect(
      folders.filter(
        folder =>
          !fixtures.some(
            each => each.folder === folder && each.file.startsWith('ok-'),
          ),
      ),
    ).toEqual([]);
  });

  it('gives every check a code of its own, in order', () => {
    const codes = checks.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
    expect(codes.filter(code => !/^MSC\d{3}$/.test(code))).toEqual([]);
  });
});

/** The folder of a check is called as its constant, which is read from the list of files. */
function nameOf(code: string): string {
  const file = readdirSync(__dirname).find(
    each =>
      each.endsWith('.ts') &&
      readFileSync(join(__dirname, each), 'utf8').includes(`code: '${code}'`),
  );
  return file?.replace(/\.ts$/, '') ?? code;
}
