import type { PolicySet } from '@meshway/admission';
import type { ObjectRef } from '../model';

/** Where a guardrail is evaluated. @public */
export const guardrailPlaces = ['everywhere', 'portal', 'cluster'] as const;
/** Where a guardrail is evaluated. @public */
export type GuardrailPlace = (typeof guardrailPlaces)[number];

/** The severities of guardrails, the highest first. @public */
export const guardrailSeverities = ['critical', 'high', 'medium'] as const;
/** How much a breach would cost. @public */
export type GuardrailSeverity = (typeof guardrailSeverities)[number];

/** A rule, for people. @public */
export type Guardrail = {
  /** Stable, never reused: `MSG001`. */
  code: string;
  /** Name of its ValidatingAdmissionPolicy. */
  name: string;
  title: string;
  why: string;
  fix: string;
  /** File and heading in our documentation. */
  docs: string;
  severity: GuardrailSeverity;
  holds: GuardrailPlace;
  /** Path in the pack. */
  file: string;
};

/** A breach of a guardrail. @public */
export type Violation = {
  code: string;
  title: string;
  message: string;
  why: string;
  fix: string;
  docs: string;
  ref: ObjectRef;
  /** The field that the failed part of the rule reads first. */
  path?: string;
  /** The failed part of the rule. */
  clause?: string;
};

/** A test case that stands beside a rule. @public */
export type GuardrailCase = {
  code: string;
  file: string;
  line: number;
  /** A sentence. */
  name: string;
  expects: 'allow' | 'deny';
  objects: readonly unknown[];
  /** What the objects replace, in the same order. */
  from?: readonly unknown[];
  /** Account that asks; nobody when absent. */
  by?: string;
  /** Words that the message of a refusal has to contain. */
  says?: string;
};

/** Key of what only `admit` and `runGuardrailTests` look at; kept in this room, so that nobody else can make a pack. */
export const loaded: unique symbol = Symbol('loaded guardrail pack');

/**
 * Guardrails that are known to be whole: only `loadGuardrailPack` makes one, and it refuses broken and empty ones. A
 * function that takes a pack therefore cannot be called without rules.
 *
 * @public
 */
export type GuardrailPack = {
  readonly name: string;
  readonly version: string;
  /** `sha256:<hex>` over paths and contents of all its files. */
  readonly digest: string;
  /** Sorted by code; at least one. */
  readonly guardrails: readonly Guardrail[];
  /** @internal */
  readonly [loaded]: {
    readonly policies: PolicySet;
    readonly cases: readonly GuardrailCase[];
  };
};
