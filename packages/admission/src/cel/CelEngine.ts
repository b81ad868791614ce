/** A plain value as CEL sees it: whole numbers are `bigint`, maps have no prototype. @public */
export type CelValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly CelValue[]
  | { readonly [key: string]: CelValue };

/** The variables that an expression may read. @public */
export const celVariables = [
  'object',
  'oldObject',
  'request',
  'params',
  'namespaceObject',
  'variables',
] as const;

/** Name of a variable that an expression may read. @public */
export type CelVariable = (typeof celVariables)[number];

/** How large the values are: what bounds the cost of evaluating anything over them. @public */
export type Extent = {
  readonly longestList: number;
  readonly longestText: number;
};

/** The values of the variables for one evaluation. @public */
export type Activation = { readonly [variable in CelVariable]: CelValue } & {
  readonly extent: Extent;
};

/** One part of a top-level `&&`, compiled apart so that a refusal can say which part failed. @public */
export type CelClause = {
  readonly source: string;
  /** Dotted path below `object` that the clause reads first, such as `spec.identities`. */
  readonly path?: string;
};

/** A compiled expression. Evaluating one twice with the same values gives the same answer. @public */
export interface CelProgram {
  readonly source: string;
  /** At least one. */
  readonly clauses: readonly CelClause[];
  /** What the expression gives, as far as it is known without values: `bool`, `string`, `dyn` when nothing is known … */
  readonly gives: string;
  /** Which of the variables it reads. */
  readonly reads: readonly CelVariable[];
  /** Names `n` that it reads as `variables.n`. */
  readonly readsVariables: readonly string[];
  /**
   * @returns what the expression makes of the values.
   * @throws {@link CelEvaluationError} when it makes nothing of them.
   */
  evaluate(activation: Activation): unknown;
  /**
   * Evaluates a condition clause by clause.
   * @returns `true`, or the clause that is false.
   * @throws {@link CelEvaluationError} when no clause is false and one cannot be evaluated.
   */
  test(activation: Activation): true | CelClause;
}

/**
 * Compiles CEL as Kubernetes understands it. The one seam behind which the engine can be replaced.
 * @public
 */
export interface CelEngine {
  /**
   * Reads an expression, once.
   * @throws {@link CelCompileError} when an API server would refuse it, or this engine cannot judge it.
   */
  compile(source: string): CelProgram;
}

/** An expression that cannot be used, in one sentence. `offset` counts characters from its start. @public */
export class CelCompileError extends Error {
  readonly offset: number;

  constructor(message: string, offset = 0) {
    super(message);
    this.name = 'CelCompileError';
    this.offset = offset;
  }
}

/** An expression that has no answer for the values given, in one sentence. @public */
export class CelEvaluationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CelEvaluationError';
  }
}
