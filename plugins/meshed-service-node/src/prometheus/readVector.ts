import type { TrafficRow } from '@meshway/plugin-meshed-service-common';
import { HttpAnswer, oneLine } from '../http';

/**
 * @returns the vector that a Prometheus answered; otherwise why it cannot be used. A part of a vector is no vector: what is
 *   absent from it would read as something that did not happen.
 */
export function readVector({
  status,
  text,
}: Pick<HttpAnswer, 'status' | 'text'>): TrafficRow[] | { because: string } {
  const body = parsed(text);
  const { status: outcome, data, error, warnings } = Object(body);
  if (status !== 200 || outcome !== 'success')
    return {
      because:
        typeof error === 'string'
          ? `it said ${status}: ${oneLine(error, 200)}`
          : `it answered ${status} with something else than Prometheus answers`,
    };
  if (Array.isArray(warnings) && warnings.length > 0)
    return {
      because: `its answer is a part only: ${oneLine(
        String(warnings[0]),
        200,
      )}`,
    };
  const { resultType, result } = Object(data);
  if (resultType !== 'vector' || !Array.isArray(result))
    return { because: 'its answer is no vector' };
  const rows = result.map(rowOf);
  return rows.every(row => row !== undefined)
    ? rows
    : { because: 'a row of its answer has no labels or no value' };
}

function rowOf(row: unknown): TrafficRow | undefined {
  const { metric, value } = Object(row);
  if (typeof metric !== 'object' || metric === null || !Array.isArray(value))
    return undefined;
  const [, text] = value;
  if (typeof text !== 'string') return undefined;
  const labels = Object.entries(metric).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return { labels: Object.fromEntries(labels), value: Number(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
