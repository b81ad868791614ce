import type { ServiceSummary } from '@meshway/plugin-meshed-service-common';

/** What stands in each column of the spreadsheet. */
const columns: Record<string, (summary: ServiceSummary) => string | undefined> =
  {
    cluster: ({ service }) => service.cluster,
    namespace: ({ service }) => service.namespace,
    name: ({ service }) => service.name,
    owner: ({ owner }) => owner,
    entity: ({ entityRef }) => entityRef,
    phase: ({ phase }) => phase,
    template: ({ template }) => template,
    'template version': ({ templateVersion }) => templateVersion,
    state: ({ state }) => state,
    verdict: ({ verdict }) =>
      verdict.kind === 'known' ? verdict.rung : 'unknown',
    'at most': ({ verdict }) =>
      verdict.kind === 'unknown' ? verdict.atMost : undefined,
    summary: ({ summary }) => summary,
    declared: ({ declared }) => String(declared),
    observed: ({ observed }) => String(observed),
    'observed at': ({ observedAt }) => observedAt,
  };

/** How services become text, piece by piece. */
export type ExportFormat = {
  contentType: string;
  before: string;
  /** @param index - of the service among all. */
  each: (summary: ServiceSummary, index: number) => string;
  after: string;
};

/** A line for each service, as RFC 4180 has it, and in UTF-8. */
export const csv: ExportFormat = {
  contentType: 'text/csv; charset=utf-8; header=present',
  before: line(Object.keys(columns)),
  each: summary =>
    line(Object.values(columns).map(cell => cell(summary) ?? '')),
  after: '',
};

/** The same lines as the fleet has, in one list. */
export const json: ExportFormat = {
  contentType: 'application/json; charset=utf-8',
  before: '{"items":[',
  each: (summary, index) =>
    `${index === 0 ? '\n' : ',\n'}${JSON.stringify(summary)}`,
  after: '\n]}\n',
};

function line(cells: string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

/**
 * Quotes a cell. A spreadsheet takes what starts with one of these characters for a formula, and would run what an annotation
 * in a cluster says; with an apostrophe before it, it is text.
 */
function quoted(cell: string): string {
  const text = /^\s*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/.test(cell)
    ? `'${cell}`
    : cell;
  return `"${text.replaceAll('"', '""')}"`;
}
