import * as fc from 'fast-check';
import { anActivation } from '../testUtils';
import { CelCompileError, CelEvaluationError, createCelJsEngine } from '.';

const engine = createCelJsEngine();

const aToken = () =>
  fc.constantFrom(
    ...'object|oldObject|.spec|.?spec|[?"a"]|["a"]|[0]|.all(x, x == 1)|.map(x, x)|.filter(x, x)|.size()|.matches("a+")'.split(
      '|',
    ),
    ...'has(object.a)|quantity("1")|cidr("::/0")|.orValue([])|.split(",")|"text"|1|1.5|null|true|{}|[]|x|__proto__'.split(
      '|',
    ),
    ...[
      ' && ',
      ' || ',
      ' == ',
      ' + ',
      ' in ',
      ' ? ',
      ' : ',
      '(',
      ')',
      '!',
      '-',
      ' // ',
      '\n',
      "'",
      '{"a": 1}',
      '[object, 1]',
    ],
  );

const aSource = () =>
  fc.oneof(
    fc.array(aToken(), { maxLength: 12 }).map(tokens => tokens.join('')),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );

describe('any text taken for an expression, over any value', () => {
  it('has an answer or a refusal, and nothing else', () => {
    fc.assert(
      fc.property(
        aSource(),
        fc.jsonValue({ maxDepth: 4 }),
        (source, object) => {
          let refusal: unknown;
          try {
            const program = engine.compile(source);
            const activation = anActivation({ object });
            program.evaluate(activation);
            program.test(activation);
          } catch (error) {
            refusal = error;
          }
          expect(
            refusal === undefined ||
              refusal instanceof CelCompileError ||
              refusal instanceof CelEvaluationError,
          ).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('gives the same verdict as a whole and clause by clause', () => {
    const aClause = fc.constantFrom(
      'object.a == 1',
      '(object.a == 1 || object.b == 1)',
      'has(object.a)',
      '!has(object.b)',
      'object.c.all(x, x > 0)',
      '(object.c).size() - (2 - object.a) > 0',
      '(object.a == 1 ? true : false)',
      '"a".matches("a")',
    );
    const aValue = fc.record(
      {
        a: fc.constantFrom(1, 2, 'a'),
        b: fc.constantFrom(1, null),
        c: fc.constantFrom([], [1], [0, 1], 'no list'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.array(aClause, { minLength: 1, maxLength: 4 }),
        aValue,
        (clauses, object) => {
          const program = engine.compile(clauses.join(' && '));
          const activation = anActivation({ object });
          const answerOf = (ask: () => unknown) => {
            try {
              return ask() === true;
            } catch (error) {
              if (error instanceof CelEvaluationError) return 'no answer';
              throw error;
            }
          };
          expect(answerOf(() => program.test(activation))).toBe(
            answerOf(() => program.evaluate(activation)),
          );
          expect(program.clauses).toHaveLength(clauses.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});
