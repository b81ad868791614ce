import {
  isMap,
  isSeq,
  LineCounter,
  Node,
  ParsedNode,
  parseAllDocuments,
} from 'yaml';
import type {
  KubernetesObject,
  SourceProblem,
} from '@meshway/plugin-meshed-service-common';
import { snapshotBounds } from './ClusterSnapshot';

/** What one file holds. */
export type FileContent = {
  objects: KubernetesObject[];
  problems: Array<{
    problem: SourceProblem;
    /** The text that could not be read, to tell which kinds it was about. */
    lost: string;
    /** It was read, and claims to be no Kubernetes object. */
    foreign: boolean;
  }>;
};

/** @returns the objects of a file: single objects, lists, several documents; JSON as well, which YAML includes. */
export function readDocuments(file: string, text: string): FileContent {
  const content: FileContent = { objects: [], problems: [] };
  const lines = new LineCounter();
  const refuse = (
    offset: number,
    message: string,
    lost: string,
    foreign = false,
  ) => {
    const { line } = lines.linePos(offset);
    content.problems.push({ problem: { file, line, message }, lost, foreign });
  };
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
  });
  for (const document of 'empty' in documents ? [] : documents) {
    const [from, , to] = document.range;
    const source = text.slice(from, to);
    const [error] = document.errors;
    if (error) {
      // After a broken document nothing says for certain where the next one begins; and of a text that ends too early
      // (a full disk, a broken line), nothing says what else it would have named.
      const endsEarly = text.slice(error.pos[0]).trim().length <= 1;
      const lost = endsEarly ? '' : text.slice(from);
      refuse(error.pos[0], `is not valid YAML: ${reasonOf(error)}`, lost);
      continue;
    }
    if (document.contents === null) continue;
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: snapshotBounds.aliases });
    } catch {
      refuse(from, 'uses too many aliases', source);
      continue;
    }
    if (hasPrototype(value)) {
      const at = source.indexOf('__proto__');
      refuse(from + Math.max(at, 0), 'holds the key __proto__', source);
      continue;
    }
    for (const each of membersOf(value, document.contents)) {
      const why = whyNoObject(each.value);
      const at = each.node?.range?.[0] ?? document.contents.range?.[0] ?? from;
      const lost = textOf(each.node, text) ?? source;
      if (why) refuse(at, why, lost, isForeign(each.value));
      else content.objects.push(each.value as KubernetesObject);
    }
  }
  return content;
}

function reasonOf({ message }: Error): string {
  return message.startsWith('Maximum call stack')
    ? 'it is nested too deeply'
    : message;
}

/** As a key, at any depth and however it is spelt; not as words in a text. */
function hasPrototype(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return (
    Object.hasOwn(value, '__proto__') || Object.values(value).some(hasPrototype)
  );
}

type Member = { value: unknown; node: Node | undefined };

/** The object itself, or the items of a list, which may leave kind and version to it. */
function membersOf(value: unknown, node: ParsedNode): Member[] {
  if (!isRecord(value) || typeof value.kind !== 'string') {
    return [{ value, node }];
  }
  if (!value.kind.endsWith('List') || !Array.isArray(value.items)) {
    return [{ value, node }];
  }
  const items = isMap(node) ? node.get('items', true) : undefined;
  const itemKind = value.kind.slice(0, -'List'.length);
  return value.items.map((item: unknown, index: number) => {
    const itemNode = isSeq(items) ? items.items[index] : undefined;
    return {
      value:
        isRecord(item) && itemKind !== ''
          ? { apiVersion: value.apiVersion, kind: itemKind, ...item }
          : item,
      node: isNode(itemNode) ? itemNode : undefined,
    };
  });
}

/** @returns what keeps a value from being a Kubernetes object. */
function whyNoObject(value: unknown): string | undefined {
  if (!isRecord(value)) return 'is no Kubernetes object';
  if (typeof value.apiVersion !== 'string') return 'has no apiVersion';
  if (typeof value.kind !== 'string') return 'has no kind';
  if (!isRecord(value.metadata)) return `${value.kind} has no metadata`;
  const { name, namespace } = value.metadata;
  if (!isName(name)) return `${value.kind} has no usable metadata.name`;
  if (namespace !== undefined && !isName(namespace)) {
    return `${value.kind} ${name} has no usable metadata.namespace`;
  }
  return undefined;
}

function isForeign(value: unknown): boolean {
  return !isRecord(value) || !('apiVersion' in value || 'metadata' in value);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[a-zA-Z0-9.:_-]{1,253}$/.test(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}

function textOf(node: Node | undefined, text: string): string | undefined {
  return node?.range ? text.slice(node.range[0], node.range[2]) : undefined;
}
