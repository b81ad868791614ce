/**
 * The steps of each example that follow from its first one.
 *
 *   examples/<name>/1-input.yaml ─► goldenFiles (the core's own) ─► examples/<name>/{2-spec.yaml, 3-bundle/…}
 */
const fs = require('node:fs');
const path = require('node:path');
const {
  goldenFiles,
} = require('@meshway/plugin-meshed-service-common/testUtils');

const examples = path.resolve(__dirname, '../../examples');
const compareOnly = process.argv.includes('--check');

/** @returns content by path of the files that stand where golden files belong. */
function standing(folder, wanted) {
  const made = new Set([...wanted.keys()].map(name => name.split('/')[0]));
  const files = [...made]
    .map(name => path.join(folder, name))
    .filter(fs.existsSync)
    .flatMap(place =>
      fs.statSync(place).isFile()
        ? [place]
        : fs
            .readdirSync(place, { recursive: true, withFileTypes: true })
            .filter(entry => entry.isFile())
            .map(entry => path.join(entry.parentPath, entry.name)),
    );
  return new Map(
    files.map(file => [
      path.relative(folder, file).split(path.sep).join('/'),
      fs.readFileSync(file, 'utf8'),
    ]),
  );
}

let differences = 0;
for (const name of fs.readdirSync(examples)) {
  const folder = path.join(examples, name);
  const input = path.join(folder, '1-input.yaml');
  if (!fs.existsSync(input)) continue;
  const wanted = goldenFiles(fs.readFileSync(input, 'utf8'));
  const found = standing(folder, wanted);
  for (const file of new Set([...wanted.keys(), ...found.keys()])) {
    if (wanted.get(file) === found.get(file)) continue;
    differences += 1;
    const place = path.join(folder, file);
    const what = wanted.has(file) ? 'differs' : 'is left over';
    console.log(`${path.join('examples', name, file)} ${what}`);
    if (compareOnly) continue;
    if (wanted.has(file)) {
      fs.mkdirSync(path.dirname(place), { recursive: true });
      fs.writeFileSync(place, wanted.get(file));
    } else fs.rmSync(place);
  }
}

if (differences === 0) console.log('The golden steps are what the code makes.');
else if (compareOnly) {
  console.log(
    `${differences} golden files are not what the code makes: run ./dev golden, read the diff, and commit it if it is right.`,
  );
  process.exitCode = 1;
} else
  console.log(`${differences} golden files were rewritten: read the diff.`);
