import { parseDocument } from 'yaml';
import { z } from 'zod';
import {
  MESHWAY_API_VERSION,
  observedKinds,
  SourceProblem,
} from '@meshway/plugin-meshed-service-common';
import { SNAPSHOT_FILE, SnapshotGap } from './ClusterSnapshot';

const schema = z
  .object({
    apiVersion: z.literal(MESHWAY_API_VERSION),
    kind: z.literal('Snapshot'),
    takenAt: z.string().datetime().optional(),
    /** The only one that was read; of all others, nothing is known. */
    namespace: z.string().min(1).max(63).optional(),
    /** What whoever took the snapshot could not read. */
    notRead: z
      .array(
        z
          .object({
            kinds: z.array(z.enum(observedKinds)).min(1),
            namespace: z.string().min(1).max(63).optional(),
            state: z.enum(['forbidden', 'stale', 'unreadable', 'notInstalled']),
            message: z.string().max(500).optional(),
          })
          .strict(),
      )
      .max(1000)
      .default([]),
  })
  .strict();

/** @returns what `snapshot.yaml` says about the snapshot around it. */
export function readSnapshotFile(
  text: string,
  now: string,
): {
  takenAt?: string;
  namespace?: string;
  gaps: SnapshotGap[];
  problems: SourceProblem[];
} {
  const document = parseDocument(text);
  const [error] = document.errors;
  const refused = (message: string, line?: number) => ({
    gaps: [],
    problems: [{ file: SNAPSHOT_FILE, ...(line ? { line } : {}), message }],
  });
  if (error) {
    return refused('is not valid YAML', error.linePos?.[0].line);
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    return refused('uses aliases');
  }
  const result = schema.safeParse(value);
  if (!result.success) {
    const { path, message } = result.error.issues[0];
    return refused(`${path.join('.') || 'the file'}: ${message}`);
  }
  const { takenAt, namespace: only, notRead } = result.data;
  if (takenAt && Date.parse(takenAt) > Date.parse(now)) {
    return refused(`takenAt: ${takenAt} lies in the future`);
  }
  return {
    ...(takenAt ? { takenAt: new Date(takenAt).toISOString() } : {}),
    ...(only ? { namespace: only } : {}),
    problems: [],
    gaps: notRead.flatMap(({ kinds, namespace, state, message }) =>
      kinds.map(kind => ({
        kind,
        ...(namespace ? { namespace } : {}),
        freshness: { state, ...(message ? { message } : {}) },
      })),
    ),
  };
}
