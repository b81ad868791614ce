/** Why ./dev cannot go on, as a sentence that names the way out. Shown without a stack. */
export class Stop extends Error {}

/** @returns what a failure of the file system means to a person, or undefined. */
export function sentenceFor(error) {
  const where = error.path ? ` ${error.path}` : '';
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `Meshway may not write${where}. Give yourself the right to, or clone the repository to a folder of your own.`;
    case 'ENOSPC':
      return `The disk is full. Meshway needs about 3 GB: make room, then run the command again.`;
    case 'EEXIST':
    case 'ENOTDIR':
      return `Something is in the way at${where}, where Meshway wants a folder. Move it elsewhere.`;
    default:
      return undefined;
  }
}
