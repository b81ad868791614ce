import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** @returns `sha256:<hex>` of a text, as UTF-8. @public */
export function digestOf(text: string): string {
  return `sha256:${bytesToHex(sha256(utf8ToBytes(text)))}`;
}

/** @returns one digest over several files, whatever their order: over their paths and contents. @public */
export function digestOfFiles(
  files: Iterable<{ path: string; digest: string }>,
): string {
  const lines = [...files].map(({ path, digest }) => `${digest}  ${path}\n`);
  return digestOf(lines.sort().join(''));
}
