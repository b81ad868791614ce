import { InputError } from '@backstage/errors';
import type { z } from 'zod';
import { STAMP_PATH } from '../model';
import { formatPath, problemsOf, quote, readMeshedServiceSpec } from '../spec';
import { readDocument, type LocatedDocument } from './document';
import { stampSchema } from './schema';
import type { Stamp } from './Stamp';

/**
 * Reads a stamp, strictly: what it does not know it refuses, because a later write would lose it.
 *
 * @param text - content of the file.
 * @param file - how errors name it.
 * @throws InputError that names the file, the line and the field.
 * @public
 */
export function readStamp(text: string, file: string = STAMP_PATH): Stamp {
  const document = readDocument(text, file);
  const shaped = stampSchema.safeParse(document.value);
  if (!shaped.success) throw refusal(file, document, shaped.error.issues);
  const stamp = shaped.data;
  const read = readMeshedServiceSpec(stamp.spec);
  if ('problems' in read)
    throw new InputError(
      read.problems
        .map(({ path, message }) =>
          sentence(file, document, ['spec', ...keysOf(path)], message),
        )
        .join('\n'),
    );
  if (stamp.metadata.name !== read.spec.name)
    throw new InputError(
      sentence(
        file,
        document,
        ['metadata', 'name'],
        `is ${quote(stamp.metadata.name)}, but the service is ${quote(
          read.spec.name,
        )}`,
      ),
    );
  refuseRepeatedPaths(file, document, stamp.status.files);
  return { ...stamp, spec: read.spec };
}

function refuseRepeatedPaths(
  file: string,
  document: LocatedDocument,
  files: Stamp['status']['files'],
) {
  const seen = new Set<string>();
  files.forEach(({ path }, index) => {
    if (seen.has(path))
      throw new InputError(
        sentence(
          file,
          document,
          ['status', 'files', index, 'path'],
          `${quote(path)} is listed twice`,
        ),
      );
    seen.add(path);
  });
}

function refusal(
  file: string,
  document: LocatedDocument,
  issues: z.ZodIssue[],
): InputError {
  return new InputError(
    issues
      .slice(0, 20)
      .flatMap(issue =>
        problemsOf(issue).map(({ path, message }) =>
          sentence(file, document, keysOf(path), message),
        ),
      )
      .join('\n'),
  );
}

function sentence(
  file: string,
  document: LocatedDocument,
  path: Array<string | number>,
  message: string,
): string {
  const field = formatPath(path);
  return `${file}:${document.lineOf(path)}: ${
    field ? `${field}: ` : ''
  }${message}`;
}

/** Takes `ports[0].name` apart. */
function keysOf(path: string): Array<string | number> {
  return [...path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(
    ([, name, index]) => name ?? Number(index),
  );
}
