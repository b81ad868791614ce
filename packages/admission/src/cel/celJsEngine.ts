import { Environment, serialize } from '@marcbachmann/cel-js';
import type { ASTNode } from '@marcbachmann/cel-js';
import {
  Activation,
  CelClause,
  CelCompileError,
  CelEngine,
  CelEvaluationError,
  CelProgram,
  CelVariable,
  celVariables,
} from './CelEngine';
import { checkCost, costOf } from './cost';
import { registerKubernetesLibrary, safeMatches } from './kubernetesLibrary';
import { checkPortability } from './portability';
import { conjunctsOf, firstPathOf, sameTree, walk } from './syntaxTree';

const longestExpression = 10_000;

type Runnable = Pick<CelProgram, 'gives' | 'evaluate'>;
type CompiledClause = CelClause & Runnable;

/**
 * The engine: `@marcbachmann/cel-js`, behind the gate and the bounds that it lacks (docs/adr/0003).
 *
 *   source ─► parse ─► portability ─► `matches` becomes RE2 ─► type check ─► clauses
 * @public
 */
export function createCelJsEngine(): CelEngine {
  const environment = new Environment({
    enableOptionalTypes: true,
    homogeneousAggregateLiterals: true,
    unlistedVariablesAreDyn: false,
    limits: {
      maxAstNodes: 2_000,
      maxDepth: 60,
      maxListElements: 500,
      maxMapEntries: 500,
      maxCallArguments: 8,
    },
  });
  celVariables.forEach(name => environment.registerVariable(name, 'dyn'));
  registerKubernetesLibrary(environment);

  const parse = (source: string): ASTNode => {
    try {
      return environment.parse(source).ast;
    } catch (error) {
      throw compileError(error);
    }
  };

  const evaluator = (source: string, ast: ASTNode): Runnable => {
    const cost = costOf(ast);
    const run = environment.parse(withSafeMatches(source, ast));
    const checked = run.check();
    if (!checked.valid) throw compileError(checked.error);
    return {
      gives: checked.type ?? 'dyn',
      evaluate({ extent, ...values }) {
        checkCost(cost, extent);
        try {
          return run(values);
        } catch (error) {
          throw evaluationError(error);
        }
      },
    };
  };

  /** The text of a part, as it was written where that is possible. */
  const sourceOf = (source: string, part: ASTNode): string | undefined => {
    const written = source.slice(part.start, part.end).trim();
    return [written, `(${written}`, `${written})`, serialize(part)].find(
      text => {
        try {
          return sameTree(parse(text), part);
        } catch {
          return false;
        }
      },
    );
  };

  const clause = (source: string): CompiledClause => {
    const ast = parse(source);
    const path = firstPathOf(ast);
    return {
      source,
      ...(path === undefined ? {} : { path }),
      ...evaluator(source, ast),
    };
  };

  const clausesOf = (source: string, ast: ASTNode): CompiledClause[] => {
    const parts = conjunctsOf(ast);
    const sources = parts.map(part => sourceOf(source, part));
    if (parts.length < 2 || sources.includes(undefined))
      return [clause(source.trim())];
    return sources.flatMap(text => (text === undefined ? [] : [clause(text)]));
  };

  return {
    compile(source): CelProgram {
      if (source.trim() === '') throw new CelCompileError('is empty');
      if (source.length > longestExpression)
        throw new CelCompileError(
          `is longer than ${longestExpression} characters`,
        );
      const ast = parse(source);
      checkPortability(ast);
      const runnable = evaluator(source, ast);
      const clauses = clausesOf(source, ast);
      return {
        source,
        clauses: clauses.map(shown),
        ...readsOf(ast),
        ...runnable,
        test: activation => testClauses(clauses, activation),
      };
    },
  };
}

/** As CEL's `&&`: false wins over an error, in whatever order they stand. */
function testClauses(
  clauses: readonly CompiledClause[],
  activation: Activation,
): true | CelClause {
  let failure: unknown;
  for (const clause of clauses) {
    try {
      const answer = clause.evaluate(activation);
      if (answer === false) return shown(clause);
      if (answer !== true)
        throw new CelEvaluationError(
          `${clause.source} is neither true nor false`,
        );
    } catch (error) {
      failure ??= error;
    }
  }
  if (failure) throw failure;
  return true;
}

/**
 * `text.matches(pattern)` runs on the engine's own regular expressions, which backtrack; the method cannot be
 * replaced, so calls are renamed in the source.
 */
function withSafeMatches(source: string, ast: ASTNode): string {
  const positions: number[] = [];
  walk(ast, node => {
    if (node.op !== 'rcall' || node.args[0] !== 'matches') return;
    const afterReceiver = source.slice(node.args[1].end);
    const [gap] = /^[\s)]*\.\s*(?=matches\b)/.exec(afterReceiver) ?? [];
    if (gap === undefined)
      throw new CelCompileError(
        'write .matches(…) directly after the text that is matched',
        node.start,
      );
    positions.push(node.args[1].end + gap.length);
  });
  return positions
    .sort((left, right) => right - left)
    .reduce(
      (text, position) =>
        text.slice(0, position) +
        safeMatches +
        text.slice(position + 'matches'.length),
      source,
    );
}

function shown({ source, path }: CelClause): CelClause {
  return path === undefined ? { source } : { source, path };
}

function readsOf(ast: ASTNode): Pick<CelProgram, 'reads' | 'readsVariables'> {
  const reads = new Set<CelVariable>();
  const readsVariables = new Set<string>();
  walk(ast, node => {
    if (node.op === 'id')
      celVariables
        .filter(name => name === node.args)
        .forEach(name => reads.add(name));
    if (
      (node.op === '.' || node.op === '.?') &&
      node.args[0].op === 'id' &&
      node.args[0].args === 'variables'
    )
      readsVariables.add(node.args[1]);
  });
  return { reads: [...reads], readsVariables: [...readsVariables] };
}

function compileError(error: unknown): CelCompileError {
  if (error instanceof CelCompileError) return error;
  if (error instanceof RangeError)
    return new CelCompileError('is nested too deeply');
  return new CelCompileError(sentenceOf(error), offsetOf(error));
}

function evaluationError(error: unknown): CelEvaluationError {
  return error instanceof CelEvaluationError
    ? error
    : new CelEvaluationError(sentenceOf(error));
}

/** The engine's messages carry a drawing of the place below the sentence. */
function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0];
}

function offsetOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('range' in error))
    return 0;
  const { range } = error;
  return typeof range === 'object' &&
    range !== null &&
    'start' in range &&
    typeof range.start === 'number'
    ? range.start
    : 0;
}
