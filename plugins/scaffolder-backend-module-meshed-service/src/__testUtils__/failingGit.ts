import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A forge that fails at the wire: the program `git` is found through PATH, and this one stands in front of it. It is the
 * real git, but for the one call that it was told to fail.
 *
 * @param folder - where the program is written.
 */
export function failingGit(folder: string) {
  const real = execFileSync('sh', ['-c', 'command -v git'], {
    encoding: 'utf8',
  }).trim();
  const before = process.env.PATH;
  const countdown = path.join(folder, 'countdown');
  mkdirSync(countdown, { recursive: true });
  const program = path.join(folder, 'git');
  writeFileSync(
    program,
    `#!/bin/sh
for argument in "$@"; do
  case "$argument" in --git-dir=*|-c|*=*) ;; *) verb=$argument; break ;; esac
done
file="${countdown}/$verb"
if [ -f "$file" ]; then
  left=$(cat "$file")
  if [ "$left" -le 1 ]; then
    rm -f "$file"
    echo 'fatal: No space left on device' >&2
    exit 128
  fi
  echo $((left - 1)) > "$file"
fi
exec "${real}" "$@"
`,
  );
  chmodSync(program, 0o755);
  process.env.PATH = `${folder}${path.delimiter}${before}`;
  return {
    /** The nth call of this git command fails, once. */
    fail(verb: string, nth: number) {
      writeFileSync(path.join(countdown, verb), String(nth));
    },
    restore() {
      process.env.PATH = before;
    },
  };
}
