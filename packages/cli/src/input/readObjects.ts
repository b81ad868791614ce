import {
  kinds,
  KubernetesObject,
  MESHWAY_API_VERSION,
  Platform,
  readStamp,
  renderBundle,
} from '@meshway/plugin-meshed-service-common';
import type { Terminal } from '../Terminal';
import { UnreadableError } from '../UnreadableError';
import { Located, readDocuments } from './readDocuments';
import { NamedText, readTexts } from './readTexts';

/** An object, and where it stands. */
export type LocatedObject = Located<KubernetesObject>;

/**
 * Reads Kubernetes objects, lists of them included. A stamp stands for the bundle that it becomes. Instructions to
 * kustomize are no objects; in a folder, neither is anything else without `apiVersion` and `kind`.
 *
 * @throws UnreadableError naming file and line.
 */
export async function readObjects(
  names: readonly string[],
  platform: Platform,
  terminal: Pick<Terminal, 'readStdin'>,
): Promise<LocatedObject[]> {
  const texts = await readTexts(names, terminal);
  return texts.flatMap(text =>
    readDocuments(text).flatMap(document =>
      objectsOf(document, text, platform),
    ),
  );
}

function objectsOf(
  { value, file, line }: Located<unknown>,
  text: NamedText,
  platform: Platform,
): LocatedObject[] {
  const skipped: LocatedObject[] = [];
  if (!isRecord(value) || !isText(value.apiVersion) || !isText(value.kind)) {
    if (text.found) return skipped;
    throw new UnreadableError(
      `${file}:${line}: is not a Kubernetes object; apiVersion and kind are missing`,
    );
  }
  if (value.apiVersion.startsWith('kustomize.config.k8s.io/')) return skipped;
  if (
    value.apiVersion === MESHWAY_API_VERSION &&
    value.kind === kinds.MeshedService.kind
  )
    return renderBundle(readStamp(text.text, file).spec, platform).objects.map(
      object => ({ value: object, file, line }),
    );
  if (Array.isArray(value.items) && value.kind.endsWith('List'))
    return value.items.flatMap(item =>
      objectsOf(
        { value: item, file, line },
        { ...text, found: false },
        platform,
      ),
    );
  if (!isRecord(value.metadata) || !isText(value.metadata.name))
    throw new UnreadableError(
      `${file}:${line}: ${value.kind} has no metadata.name`,
    );
  const wrong = wrongFieldOf(value.metadata);
  if (wrong)
    throw new UnreadableError(
      `${file}:${line}: ${value.kind} ${value.metadata.name}: metadata.${wrong}, so the API server would not read it`,
    );
  return [{ value: value as KubernetesObject, file, line }];
}

/** Rules look at these fields; what has another shape would slip past them. */
function wrongFieldOf({
  namespace,
  ...metadata
}: Record<string, unknown>): string | undefined {
  if (namespace !== undefined && namespace !== null && !isText(namespace))
    return 'namespace is no text';
  for (const field of ['labels', 'annotations']) {
    const value = metadata[field] ?? {};
    if (!isRecord(value)) return `${field} is no map`;
    const wrong = Object.keys(value).find(
      key => typeof value[key] !== 'string',
    );
    if (wrong !== undefined) return `${field}.${wrong} is no text`;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
