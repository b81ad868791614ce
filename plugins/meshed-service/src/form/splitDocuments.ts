/** One YAML document, and how people call it. */
export type Document = { title: string; text: string };

/** Splits the YAML of a bundle, as our own renderer writes it, into its documents. */
export function splitDocuments(yaml: string): Document[] {
  return yaml
    .split(/^---$/m)
    .map(text => text.trim())
    .filter(text => text !== '')
    .map(text => ({ title: titleOf(text), text }));
}

function titleOf(text: string): string {
  const kind = /^kind: (.+)$/m.exec(text)?.[1];
  const name = /^metadata:\n(?: {2}.*\n)*? {2}name: (.+)$/m.exec(text)?.[1];
  return [kind, name].filter(Boolean).join(' ') || 'Document';
}
