import fs from 'node:fs';
import path from 'node:path';
import { goldenFiles } from '../testUtils';

const examples = path.resolve(__dirname, '../../../../examples');

const written = (folder: string): Map<string, string> =>
  new Map(
    fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map(name => name.split(path.sep).join('/'))
      .filter(name => /^(?:2-spec\.yaml|3-bundle\/.*\.yaml)$/.test(name))
      .map((name): [string, string] => [
        name,
        fs.readFileSync(path.join(folder, name), 'utf8'),
      ]),
  );

const byName = (files: Map<string, string>) =>
  Object.fromEntries([...files].sort(([a], [b]) => (a < b ? -1 : 1)));

describe('the golden steps of the examples', () => {
  it.each(['payments-api', 'otel-demo'])(
    'of %s are what the code makes (./dev golden rewrites them)',
    name => {
      const folder = path.join(examples, name);
      const input = fs.readFileSync(path.join(folder, '1-input.yaml'), 'utf8');
      expect(byName(written(folder))).toEqual(byName(goldenFiles(input)));
    },
  );
});
