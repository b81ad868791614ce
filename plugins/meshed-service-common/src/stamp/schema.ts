import { z } from 'zod';
import { kinds } from '../model';
import { patterns } from '../spec';
import { ownerships } from './Stamp';

const line = (limit: number) =>
  z
    .string()
    .min(1, 'is empty')
    .max(limit, `is longer than ${limit} characters`)
    .regex(patterns.oneLine.expression, `must be ${patterns.oneLine.right}`);

const digest = z
  .string()
  .regex(
    /^sha256:[0-9a-f]{64}$/,
    'is not a digest (sha256: and 64 hex digits)',
  );

const instant = z
  .string()
  .datetime('is not an instant such as 2026-01-31T12:00:00Z');

const path = line(400).refine(
  value =>
    !value.startsWith('/') &&
    !value.includes('\\') &&
    value.split('/').every(part => !['', '.', '..'].includes(part)),
  'is not a path inside the repository',
);

/** The shape of a stamp; its spec is read by `parseMeshedServiceSpec`. */
export const stampSchema = z
  .object({
    apiVersion: z.literal(kinds.MeshedService.apiVersion),
    kind: z.literal(kinds.MeshedService.kind),
    metadata: z.object({ name: line(63) }).strict(),
    // As it stands: a schema here would lose an own `__proto__` before it can be refused.
    spec: z.unknown(),
    status: z
      .object({
        template: z.object({ ref: line(200), version: line(100) }).strict(),
        renderedDigest: digest,
        guardrails: z.object({ pack: line(200), digest }).strict(),
        created: z
          .object({ by: line(200), at: instant, task: line(200).optional() })
          .strict(),
        files: z
          .array(
            z
              .object({
                path,
                ownership: z.enum(ownerships),
                digest: digest.optional(),
              })
              .strict(),
          )
          .max(1000, 'holds more than 1000 entries'),
      })
      .strict(),
  })
  .strict();
