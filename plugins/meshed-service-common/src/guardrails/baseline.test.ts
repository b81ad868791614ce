import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadGuardrailPack, runGuardrailTests } from '.';

const root = resolve(__dirname, '../../../..');
const folder = join(root, 'infra/guardrails');

const files = new Map(
  readdirSync(folder).map(file => [
    file,
    readFileSync(join(folder, file), 'utf8'),
  ]),
);

describe('the baseline pack', () => {
  const pack = loadGuardrailPack(files);
  it.each(
    runGuardrailTests(pack).map(result => [
      `${result.code} ${result.name}`,
      result,
    ]),
  )('%s', (_name, result) => {
    expect(result).toEqual({ ...result, passed: true });
  });
});
