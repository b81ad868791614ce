import {
  InvalidSpecError,
  kinds,
  MeshedServiceSpec,
  parseMeshedServiceSpec,
  readStamp,
} from '@meshway/plugin-meshed-service-common';
import type { Terminal } from '../Terminal';
import { UnreadableError } from '../UnreadableError';
import { readDocuments } from './readDocuments';
import { readTexts } from './readTexts';

/**
 * Reads one request: a spec as it is, or a stamp (`kind: MeshedService`).
 *
 * @throws UnreadableError naming file and line, InvalidSpecError naming the field.
 */
export async function readSpec(
  name: string,
  terminal: Pick<Terminal, 'readStdin'>,
): Promise<MeshedServiceSpec> {
  return (await readRequest(name, terminal)).spec;
}

/** A request, and the template that it came from, where a stamp says it. */
export type ReadRequest = {
  spec: MeshedServiceSpec;
  template?: { ref: string; version: string };
};

/** The same, for what needs to know where the request came from. */
export async function readRequest(
  name: string,
  terminal: Pick<Terminal, 'readStdin'>,
): Promise<ReadRequest> {
  const [text, ...more] = await readTexts([name], terminal);
  if (!text || text.found || more.length > 0)
    throw new UnreadableError(`${name}: is a folder; name the file of a spec`);
  const documents = readDocuments(text);
  if (documents.length !== 1)
    throw new UnreadableError(
      `${text.name}: holds ${documents.length} documents; a spec is one`,
    );
  const { value } = documents[0];
  if (isStamp(value)) {
    const { spec, status } = readStamp(text.text, text.name);
    return { spec, template: status.template };
  }
  try {
    return { spec: parseMeshedServiceSpec(value) };
  } catch (error) {
    if (error instanceof InvalidSpecError)
      throw new InvalidSpecError(
        error.problems.map(({ path, message }) => ({
          path: `${text.name}: ${path || 'spec'}`,
          message,
        })),
      );
    throw error;
  }
}

function isStamp(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === kinds.MeshedService.kind
  );
}
