import type { FactSchema } from '@backstage-community/plugin-tech-insights-common';

/** Every fact, by its name: stable, since checks are written against it. */
export const schema = {
  verdict: {
    type: 'string',
    description: 'Rung of the mTLS ladder, or `unknown`',
  },
  rung: {
    type: 'integer',
    description: 'The same as a number: 0 notMeshed … 5 enforced; -1 unknown',
  },
  isKnown: {
    type: 'boolean',
    description: 'It can be said on which rung the service stands',
  },
  isMeshed: {
    type: 'boolean',
    description: 'Known to have at least one pod with a proxy',
  },
  isEnforced: {
    type: 'boolean',
    description: 'Known to refuse whoever is not allowed by name',
  },
  isObserved: {
    type: 'boolean',
    description: 'Something of the service was seen in its cluster',
  },
  state: {
    type: 'string',
    description: 'ok, progressing, unknown, missing or degraded',
  },
  isOk: { type: 'boolean', description: 'The state is ok' },
  phase: {
    type: 'string',
    description: 'What was asked for: observe, audit or enforce; else empty',
  },
  templateVersion: {
    type: 'string',
    description: 'Version of the template it was made with; else empty',
  },
  degradedFindings: {
    type: 'integer',
    description: 'How many checks found something wrong',
  },
  missingFindings: {
    type: 'integer',
    description: 'How many checks found something missing',
  },
  unknownFindings: {
    type: 'integer',
    description: 'How many checks could not be answered',
  },
} as const satisfies FactSchema;

/** Name of a fact. */
export type FactName = keyof typeof schema;
