import { Document, isScalar, visit } from 'yaml';

/** Keys that people look for first; all others follow in alphabetical order. */
const leading = ['apiVersion', 'kind', 'metadata', 'name', 'namespace'];
/** Text that may stand without quotes, if YAML has no other meaning for it: starts with a letter or slash, plain ASCII. */
const plain = /^[A-Za-z/][\x20-\x7e]*$/;
/** Characters that some reader takes for a line break or a byte-order mark, or refuses to read raw. */
const unsafe = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * Writes objects as YAML that readers of YAML 1.1 (Kubernetes) and 1.2 understand alike, byte for byte the same for
 * equal objects: keys in a fixed order, one line per value, everything quoted that either version might misread.
 *
 * @param value - an object, or several for a file of several documents.
 * @public
 */
export function toYaml(value: object | readonly object[]): string {
  const documents: readonly object[] = Array.isArray(value) ? value : [value];
  return documents.map(document).join('---\n');
}

function document(value: object): string {
  const yaml = new Document(value, {
    version: '1.2',
    compat: 'yaml-1.1',
    aliasDuplicateObjects: false,
    sortMapEntries: (a, b) => compareKeys(keyOf(a.key), keyOf(b.key)),
  });
  visit(yaml, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && !plain.test(node.value))
        node.type = 'QUOTE_DOUBLE';
    },
  });
  return yaml
    .toString({
      lineWidth: 0,
      blockQuote: false,
      doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
    })
    .replace(
      unsafe,
      // Such a character can only stand between double quotes.
      character =>
        `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

function keyOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function compareKeys(a: string, b: string): number {
  const rank = (key: string) => {
    const index = leading.indexOf(key);
    return index < 0 ? leading.length : index;
  };
  const difference = rank(a) - rank(b);
  if (difference !== 0) return difference;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
