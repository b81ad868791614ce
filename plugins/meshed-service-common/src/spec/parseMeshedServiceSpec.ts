import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { MeshedServiceSpec } from './MeshedServiceSpec';
import { meshedServiceSpecSchema } from './schema';
import { checkSpec } from './checkSpec';
import { problemsOf } from './problemsOf';
import { InvalidSpecError, quote, SpecProblem } from './SpecProblem';

/**
 * The door of the ask flow: whatever a form, a file or an API call holds becomes a spec here, or is refused.
 *
 * @param input - an object as it came in. Entity references may be short (`payments`); missing fields get their default.
 * @throws InvalidSpecError with every problem at once, each with the path of its field and what would be right.
 * @public
 */
export function parseMeshedServiceSpec(input: unknown): MeshedServiceSpec {
  const result = readMeshedServiceSpec(input);
  if ('problems' in result) throw new InvalidSpecError(result.problems);
  return result.spec;
}

/** As `parseMeshedServiceSpec`, for callers that show problems instead of failing. @public */
export function readMeshedServiceSpec(
  input: unknown,
): { spec: MeshedServiceSpec } | { problems: SpecProblem[] } {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return {
      problems: [
        { path: '', message: `A service is an object, not ${quote(input)}` },
      ],
    };
  }
  const shaped = meshedServiceSpecSchema.safeParse(withDerivedDefaults(input));
  if (!shaped.success) {
    return {
      problems: withoutEchoes(shaped.error.issues.flatMap(problemsOf), input),
    };
  }
  const spec = shaped.data as MeshedServiceSpec;
  const problems = checkSpec(spec);
  return problems.length > 0 ? { problems } : { spec };
}

/** Fields that follow from others where they were left out. */
const derivedFrom: ReadonlyArray<{ path: string; source: string }> = [
  { path: 'namespace', source: 'name' },
  { path: 'delivery.repository', source: 'name' },
  { path: 'delivery.project', source: 'owner' },
];

/** Leaves out what is only wrong because the field that it was derived from is: nobody has written it. */
function withoutEchoes(problems: SpecProblem[], input: object): SpecProblem[] {
  const echoes = derivedFrom
    .filter(
      ({ path, source }) =>
        problems.some(problem => problem.path === source) &&
        !isWritten(input, path.split('.')),
    )
    .map(({ path }) => path);
  return problems.filter(({ path }) => !echoes.includes(path));
}

function isWritten(value: unknown, [key, ...rest]: string[]): boolean {
  if (key === undefined) return value !== undefined;
  return isPlainObject(value) && isWritten(value[key], rest);
}

/** Defaults that follow from other fields; they hold only where the field was left out. */
function withDerivedDefaults(input: object): object {
  const { name, owner, system, namespace, calls, delivery } = input as Record<
    string,
    unknown
  >;
  const fullOwner = fullEntityRef(owner, 'group');
  const derived: Record<string, unknown> = {
    // Spread first: an own `__proto__` of the input stays an own key and is refused as unknown.
    ...input,
    owner: fullOwner,
    namespace: namespace ?? name,
  };
  if (system !== undefined) derived.system = fullEntityRef(system, 'system');
  if (Array.isArray(calls)) derived.calls = calls.map(fullCall);
  if (delivery === undefined || isPlainObject(delivery)) {
    derived.delivery = {
      ...delivery,
      repository: delivery?.repository ?? name,
      project: delivery?.project ?? entityName(fullOwner),
    };
  }
  return derived;
}

function fullCall(call: unknown): unknown {
  return isPlainObject(call) && 'entityRef' in call
    ? { ...call, entityRef: fullEntityRef(call.entityRef, 'component') }
    : call;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fullEntityRef(value: unknown, defaultKind: string): unknown {
  if (typeof value !== 'string' || value.length > 500) return value;
  try {
    return stringifyEntityRef(
      parseEntityRef(value, { defaultKind, defaultNamespace: 'default' }),
    );
  } catch {
    return value;
  }
}

function entityName(ref: unknown): unknown {
  return typeof ref === 'string' ? ref.slice(ref.lastIndexOf('/') + 1) : ref;
}
