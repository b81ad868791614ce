import { annotations, labels } from '../model';
import type { LabelExpression, LabelSelector } from '../mesh';

/** What a catalog entity says about where its workloads are. @public */
export type CatalogSelection = {
  selection: LabelSelector;
  /** Namespace in which they are, where it says so. */
  namespace?: string;
};

const name = '[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?';
const labelKey = `(?<key>(${name}/)?${name})`;
const value = `(${name})?`;
const forms = {
  oneOf: new RegExp(
    `^${labelKey}\\s+(?<operator>in|notin)\\s*\\((?<list>[^()]*)\\)$`,
  ),
  equal: new RegExp(
    `^${labelKey}\\s*(?<operator>=|==|!=)\\s*(?<value>${value})$`,
  ),
  exists: new RegExp(`^(?<not>!?)\\s*${labelKey}$`),
  value: new RegExp(`^${value}$`),
};
const longest = 4096;

/**
 * Reads the annotations by which Backstage's own Kubernetes plugin finds objects: a label selector, else an id that objects
 * carry as a label.
 *
 * @returns undefined when they say nothing, or nothing that can be read.
 *
 * @public
 */
export function catalogSelection(
  written: Readonly<Record<string, string>>,
): CatalogSelection | undefined {
  const text = written[annotations.backstageKubernetesLabelSelector];
  const id = written[annotations.backstageKubernetesId];
  const namespace = written[annotations.backstageKubernetesNamespace];
  const byId: LabelSelector | undefined = id
    ? { labels: [[labels.backstageKubernetesId, id]], expressions: [] }
    : undefined;
  const selection = text ? parseLabelSelector(text) : byId;
  return selection && { selection, ...(namespace ? { namespace } : {}) };
}

/**
 * @returns a label selector as it stands in a query: `app=web,tier in (a, b),!canary`; undefined when it cannot be read, or
 *   asks for nothing, which would select everything.
 *
 * @public
 */
export function parseLabelSelector(text: string): LabelSelector | undefined {
  if (text.length > longest) return undefined;
  const wanted: Array<readonly [string, string]> = [];
  const expressions: LabelExpression[] = [];
  for (const part of partsOf(text)) {
    const read = expressionOf(part);
    if (!read) return undefined;
    if ('equals' in read) wanted.push([read.key, read.equals]);
    else expressions.push(read);
  }
  return wanted.length + expressions.length > 0
    ? { labels: wanted, expressions }
    : undefined;
}

/** Commas inside of brackets part values, not requirements. */
function partsOf(text: string): string[] {
  return text.split(/,(?![^()]*\))/).map(part => part.trim());
}

function expressionOf(
  part: string,
): LabelExpression | { key: string; equals: string } | undefined {
  const equal = forms.equal.exec(part)?.groups;
  if (equal) {
    return equal.operator === '!='
      ? { key: equal.key, operator: 'NotIn', values: [equal.value] }
      : { key: equal.key, equals: equal.value };
  }
  const oneOf = forms.oneOf.exec(part)?.groups;
  if (oneOf) {
    const values = oneOf.list.split(',').map(each => each.trim());
    if (!values.every(each => forms.value.test(each))) return undefined;
    const operator = oneOf.operator === 'in' ? 'In' : 'NotIn';
    return { key: oneOf.key, operator, values };
  }
  const exists = forms.exists.exec(part)?.groups;
  if (!exists) return undefined;
  const operator = exists.not ? 'DoesNotExist' : 'Exists';
  return { key: exists.key, operator, values: [] };
}
