import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/**
 * The real git, found through PATH, but for what changes a branch: that is counted, and whoever asks for the nth of it is
 * killed before it is done.
 *
 * @param folder - where the program is written.
 */
export function killingGit(folder: string) {
  const real = execFileSync('sh', ['-c', 'command -v git'], {
    encoding: 'utf8',
  }).trim();
  const before = process.env.PATH;
  mkdirSync(folder, { recursive: true });
  const [program, counted, left] = ['git', 'counted', 'left'].map(name =>
    path.join(folder, name),
  );
  writeFileSync(
    program,
    `#!/bin/sh
for argument in "$@"; do
  if [ "$argument" = update-ref ]; then
    echo "$argument" >> "${counted}"
    if [ -f "${left}" ] && [ "$(wc -l < "${counted}")" -ge "$(cat "${left}")" ]; then
      rm "${left}"
      kill -9 $PPID
      exit 128
    fi
  fi
done
exec "${real}" "$@"
`,
  );
  chmodSync(program, 0o755);
  process.env.PATH = `${folder}${path.delimiter}${before}`;
  return {
    /** Counts from one again. @param at - of which write whoever asks for it is killed; of none when absent. */
    use(at?: number) {
      rmSync(counted, { force: true });
      rmSync(left, { force: true });
      if (at !== undefined) writeFileSync(left, String(at));
    },
    /** How many writes were asked for. */
    get writes(): number {
      if (!existsSync(counted)) return 0;
      return readFileSync(counted, 'utf8').split('\n').length - 1;
    },
    restore() {
      process.env.PATH = before;
    },
  };
}
