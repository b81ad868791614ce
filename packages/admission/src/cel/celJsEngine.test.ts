import { anActivation } from '../testUtils';
import { CelCompileError, CelEvaluationError, createCelJsEngine } from '.';

const engine = createCelJsEngine();
const evaluate = (source: string, json?: Record<string, unknown>) =>
  engine.compile(source).evaluate(anActivation(json));

describe('CEL as Kubernetes documents it', () => {
  const object = {
    metadata: {
      name: 'web-prod',
      labels: { env: 'prod', 'app/tier': 'front' },
    },
    spec: {
      replicas: 5,
      ratio: 0.5,
      containers: [
        { name: 'main', image: 'registry.example/web:1', ports: [80, 443] },
        { name: 'side', image: 'registry.example/side:2' },
      ],
    },
  };

  it.each([
    ['object.spec.replicas <= 5', true],
    ['object.spec.replicas > object.spec.ratio', true],
    ['object.metadata.name.startsWith("web-")', true],
    ['has(object.spec.template)', false],
    [
      'object.spec.containers.all(c, c.image.startsWith("registry.example/"))',
      true,
    ],
    ['object.spec.containers.exists(c, c.name == "init")', false],
    ['object.spec.containers.exists_one(c, c.name == "main")', true],
    ['object.spec.containers.filter(c, has(c.ports)).size() == 1', true],
    ['object.spec.containers.map(c, c.name) == ["main", "side"]', true],
    ['object.metadata.labels.all(key, key.size() < 64)', true],
    ['"env" in object.metadata.labels', true],
    ['object.metadata.labels["app/tier"] == "front"', true],
    ['object.metadata.?annotations[?"team"].orValue("none") == "none"', true],
    ['object.?spec.?paused.orValue(false)', false],
    ['object.spec.?replicas.hasValue()', true],
    [
      'oldObject == null || object.spec.replicas >= oldObject.spec.replicas',
      true,
    ],
    ['object.metadata.name.matches("^web-(dev|prod)$")', true],
    ['(object.metadata.name).matches("(?i)WEB")', true],
    ['"a,b".split(",") == ["a", "b"]', true],
    ['object.metadata.name.replace("-", "_") == "web_prod"', true],
    [
      'type(object.spec.replicas) == int && type(object.spec.ratio) == double',
      true,
    ],
    ['int("8") + 1 == 9 && string(9) == "9"', true],
    ['quantity("1500m").isLessThan(quantity("2"))', true],
    [
      'cidr("10.0.0.0/8").containsCIDR("10.1.0.0/16") && !cidr("10.0.0.0/8").containsIP("11.0.0.1")',
      true,
    ],
    ['false && object.spec.missing == 1', false],
    ['object.spec.missing == 1 || true', true],
  ])('%s is %s', (source, expected) => {
    expect(evaluate(source, { object })).toBe(expected);
  });

  it('has no answer for a field that is missing', () => {
    expect(() => evaluate('object.spec.missing == 1', { object })).toThrow(
      new CelEvaluationError('No such key: missing'),
    );
  });
});

describe('a condition of several clauses', () => {
  const condition = engine.compile(
    "has(object.spec) &&\n (object.spec.name).matches('^a') && (object.spec.size > 1 || object.spec.free) && 1 - (2 - 3) == 2",
  );
  const judge = (spec: unknown) =>
    condition.test(anActivation({ object: { spec } }));

  it('is true when every clause is', () => {
    expect(judge({ name: 'ab', size: 2 })).toBe(true);
  });

  it('says which clause is false, and which field it reads', () => {
    expect(judge({ name: 'ab', size: 1, free: false })).toEqual({
      source: 'object.spec.size > 1 || object.spec.free',
      path: 'spec.size',
    });
  });

  it('keeps the meaning of brackets when clauses are taken apart', () => {
    expect(condition.clauses.map(({ source }) => source)).toEqual([
      'has(object.spec)',
      "(object.spec.name).matches('^a')",
      'object.spec.size > 1 || object.spec.free',
      '1 - (2 - 3) == 2',
    ]);
  });

  it('prefers a clause that is false to one that has no answer', () => {
    expect(condition.test(anActivation({ object: { other: 1 } }))).toEqual({
      source: 'has(object.spec)',
      path: 'spec',
    });
  });

  it('names the key of a map as people write it', () => {
    expect(
      engine
        .compile("object.metadata.labels['a/b'] == 'x'")
        .test(
          anActivation({ object: { metadata: { labels: { 'a/b': 'y' } } } }),
        ),
    ).toEqual({
      source: "object.metadata.labels['a/b'] == 'x'",
      path: 'metadata.labels["a/b"]',
    });
  });
});

describe('an expression that cannot be used', () => {
  const refusalOf = (source: string) => {
    try {
      engine.compile(source);
    } catch (error) {
      if (error instanceof CelCompileError) return error.message;
      throw error;
    }
    return 'compiled';
  };

  it.each([
    ['', 'is empty'],
    ['object.spec.', 'Expected IDENTIFIER, got EOF'],
    [
      'object.metadata.name.startWith("a")',
      '.startWith() is not among the functions that rules may use',
    ],
    [
      'now() > object.spec.until',
      'now() is not among the functions that rules may use',
    ],
    [
      'cel.bind(x, 1, x == 1)',
      '.bind() is not among the functions that rules may use',
    ],
    [
      'b"abc".hex() == "616263"',
      '.hex() is not among the functions that rules may use',
    ],
    [
      'authorizer.group("").resource("pods").check("get").allowed()',
      '.allowed() is not among the functions that rules may use',
    ],
    [
      'authorizer == null',
      'authorizer asks an API server, which is not there when a rule is judged before admission',
    ],
    ['subject.name == "a"', 'Unknown variable: subject'],
    [
      'object.a.matches("(?=a)")',
      'an API server would refuse the pattern: error parsing regexp: invalid or unsupported Perl syntax: `(?=`',
    ],
    [
      'object.a.matches("(")',
      'an API server would refuse the pattern: error parsing regexp: missing closing ): `(`',
    ],
    ['object.a /* x */', 'Unexpected token: MULTIPLY'],
    [
      'has(object.list[0].a)',
      'has() takes a chain of plain fields; use .? and hasValue() for anything else',
    ],
    [
      'object.a.all(a, a.all(b, b.all(c, c.all(d, d))))',
      'more than 3 lists are gone through inside each other',
    ],
    [
      '["a", 1].size() == 2',
      "List elements must have the same type, expected type 'string' but found 'int'",
    ],
    [
      'object.text // why\n .matches("a")',
      'write .matches(…) directly after the text that is matched',
    ],
    [`${'('.repeat(10_001)}1`, 'is longer than 10000 characters'],
  ])('%s: %s', (source, message) => {
    expect(refusalOf(source)).toContain(message);
  });

  it.each([
    ['brackets', `${'('.repeat(4_000)}1${')'.repeat(4_000)}`],
    ['lists', `${'['.repeat(4_000)}1${']'.repeat(4_000)}`],
    ['negations', `${'!'.repeat(9_000)}true`],
    ['sums', `${'1+'.repeat(4_900)}1 > 0`],
    ['fields', `object${'.a'.repeat(4_900)}`],
    ['ternaries', `${'true?1:'.repeat(1_400)}1`],
  ])('is refused when it nests %s without end', (_what, source) => {
    expect(refusalOf(source)).not.toBe('compiled');
  });
});

describe('hostile values', () => {
  it('cannot make a pattern backtrack', () => {
    const program = engine.compile('object.text.matches("^(a+)+$")');
    const text = `${'a'.repeat(20_000)}!`;
    expect(program.evaluate(anActivation({ object: { text } }))).toBe(false);
  });

  it('cannot bring a pattern that RE2 refuses', () => {
    const program = engine.compile('"aaa".matches(object.pattern)');
    expect(() =>
      program.evaluate(anActivation({ object: { pattern: '(a)\\1' } })),
    ).toThrow(CelEvaluationError);
  });

  it('cannot reach a prototype', () => {
    const object = JSON.parse('{"__proto__": {"admin": true}, "a": {}}');
    expect(evaluate('object["__proto__"].admin', { object })).toBe(true);
    expect(() => evaluate('object.a.admin', { object })).toThrow('No such key');
    expect(() => evaluate('object.a.constructor', { object })).toThrow(
      'No such key',
    );
    expect(() => evaluate('object.a.__proto__', { object })).toThrow(
      'No such key',
    );
    expect(evaluate('has(object.a.toString)', { object })).toBe(false);
  });

  it('cannot make nested lists run for ever', () => {
    const program = engine.compile(
      'object.list.all(a, object.list.all(b, object.list.all(c, a + b + c >= 0)))',
    );
    const list = Array.from({ length: 5_000 }, (_, index) => index);
    expect(() => program.evaluate(anActivation({ object: { list } }))).toThrow(
      'too long for this rule to be judged in time',
    );
  });

  it('cannot make a text into a list that runs for ever', () => {
    const program = engine.compile(
      'object.text.split("").all(a, object.text.split("").all(b, a == b))',
    );
    const text = 'a'.repeat(100_000);
    expect(() => program.evaluate(anActivation({ object: { text } }))).toThrow(
      'too long for this rule to be judged in time',
    );
  });

  it.each([
    [
      'too deep',
      () => JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`),
      'is nested more than 64 levels deep',
    ],
    ['too many', () => Array(60_000).fill(1), 'holds more than 50000 values'],
    [
      'too long',
      () => 'x'.repeat(2_000_000),
      'holds more than 1500000 characters',
    ],
    ['no number', () => NaN, 'holds NaN, which JSON cannot'],
    ['no JSON', () => () => 1, 'holds a function, which JSON cannot'],
  ])('are refused when they are %s', (_what, make, message) => {
    expect(() => anActivation({ object: make() })).toThrow(message);
  });

  it('cannot be a cycle', () => {
    const object: Record<string, unknown> = {};
    object.self = object;
    expect(() => anActivation({ object })).toThrow('levels deep');
  });
});
