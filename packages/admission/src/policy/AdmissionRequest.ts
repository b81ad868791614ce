/** What is asked of an API server, or would be. @public */
export type AdmissionRequest = {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  /** The object as it shall be; null on DELETE. */
  readonly object: unknown;
  /** The object as it is; null on CREATE. */
  readonly oldObject?: unknown;
  /** The Namespace that a namespaced object is in. */
  readonly namespaceObject?: unknown;
  /** Who asks. In the portal nobody does: Argo CD or the backend will. */
  readonly user?: {
    readonly username: string;
    readonly groups: readonly string[];
  };
};

/** The identity of a Kubernetes object, read from untrusted JSON. */
export type Identity = {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
};

/** Anything else an API server would not know, and rules that go by group or kind would not see. */
const apiVersionPattern = /^(?:[a-z0-9]+(?:[-.][a-z0-9]+)*\/)?v[0-9][a-z0-9]*$/;
const kindPattern = /^[A-Z][A-Za-z0-9]*$/;

/** @returns who an object says it is, or undefined when it is no Kubernetes object. */
export function identityOf(object: unknown): Identity | undefined {
  const apiVersion = textAt(object, 'apiVersion');
  const kind = textAt(object, 'kind');
  const metadata = valueAt(object, 'metadata');
  const name = textAt(metadata, 'name');
  if (!apiVersion || !kind || !name) return undefined;
  if (!apiVersionPattern.test(apiVersion) || !kindPattern.test(kind))
    return undefined;
  const [version, group = ''] = apiVersion.split('/').reverse();
  const labels = valueAt(metadata, 'labels');
  return {
    group,
    version,
    kind,
    name,
    namespace: textAt(metadata, 'namespace') ?? '',
    labels: new Map(
      Object.entries(
        typeof labels === 'object' && labels !== null ? labels : {},
      ).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    ),
  };
}

function valueAt(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null
    ? Object.getOwnPropertyDescriptor(object, key)?.value
    : undefined;
}

function textAt(object: unknown, key: string): string | undefined {
  const value = valueAt(object, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
