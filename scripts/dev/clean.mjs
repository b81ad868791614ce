/** Removes what builds made; the portal's data and the toolchain only when asked. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { read } from './arguments.mjs';
import { cache, logs, meshway, root } from './places.mjs';
import { shown } from './step.mjs';

export default function clean(args) {
  const { values } = read('clean', args, { all: { type: 'boolean' } });
  const packages = ['packages', 'plugins'].flatMap(parent =>
    readdirSync(join(root, parent)).map(name => join(root, parent, name)),
  );
  const folders = [
    ...packages.flatMap(folder => [
      join(folder, 'dist'),
      join(folder, 'coverage'),
      ...(values.all ? [join(folder, 'node_modules')] : []),
    ]),
    join(root, 'dist-types'),
    join(root, 'coverage'),
    ...(values.all ? [meshway, join(root, 'node_modules')] : [cache, logs]),
  ].filter(existsSync);
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
    console.log(`removed ${shown(folder)}`);
  }
  if (folders.length === 0) console.log('nothing to remove');
  return 0;
}
