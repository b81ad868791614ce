import { InputError } from '@backstage/errors';
import { Files } from '../forge';
import { checkFilePath } from '../forge/places';
import { engine } from './engine';
import { Skeleton } from './readSkeleton';

/**
 * Renders the files of a skeleton and their names. Values are values: nothing in them is ever compiled.
 *
 * @throws InputError naming the file and the line, when the skeleton uses what is not supplied, or a name that it renders
 *   is not a path inside a repository.
 *
 * @public
 */
export function renderSkeleton(skeleton: Skeleton, values: object): Files {
  const files = new Map<string, string>();
  for (const [path, text] of skeleton) {
    const rendered = checkFilePath(render(path, values, path));
    if (files.has(rendered))
      throw new InputError(`The skeleton renders two files to ${rendered}`);
    files.set(rendered, render(text, values, path));
  }
  return files;
}

function render(text: string, values: object, path: string): string {
  try {
    return engine.renderString(text, { values });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, line] = /\[Line (\d+)/.exec(message) ?? [];
    const reason = message
      .split('\n')
      .pop()
      ?.replace(/^ *Error: /, '')
      .trim();
    throw new InputError(
      `Skeleton file ${path}${line ? `:${line}` : ''}: ${reason}`,
    );
  }
}
