import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';

const WHO = 'Bench <bench@localhost> 1769853600 +0000';

/** Writes a bare repository of one commit with one file: hundreds of them, where git would take seconds each dozen. */
export function writeBareRepository(
  folder: string,
  file: string,
  content: string,
): void {
  const write = (type: string, body: Buffer): string => {
    const object = Buffer.concat([
      Buffer.from(`${type} ${body.length}\0`),
      body,
    ]);
    const hash = createHash('sha1').update(object).digest('hex');
    const place = path.join(folder, 'objects', hash.slice(0, 2));
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, hash.slice(2)), deflateSync(object));
    return hash;
  };
  const blob = write('blob', Buffer.from(content));
  const tree = write(
    'tree',
    Buffer.concat([Buffer.from(`100644 ${file}\0`), Buffer.from(blob, 'hex')]),
  );
  const commit = write(
    'commit',
    Buffer.from(`tree ${tree}\nauthor ${WHO}\ncommitter ${WHO}\n\nBench\n`),
  );
  mkdirSync(path.join(folder, 'refs', 'heads'), { recursive: true });
  writeFileSync(path.join(folder, 'refs', 'heads', 'main'), `${commit}\n`);
  writeFileSync(path.join(folder, 'HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(
    path.join(folder, 'config'),
    '[core]\n\trepositoryformatversion = 0\n\tbare = true\n',
  );
}
