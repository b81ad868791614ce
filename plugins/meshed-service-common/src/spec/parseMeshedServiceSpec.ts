import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';
import type { MeshedServiceSpec } from './MeshedServiceSpec';
import { meshedServiceSpecSchema } from './schema';
import { checkSpec } from './checkSpec';
import {
  formatPath,
  InvalidSpecError,
  quote,
  SpecProblem,
} from './SpecProblem';

/**
 * The door of the ask flow: whatever a form, a file or an API call holds becomes a spec here, or is refused.
 *
 * @param input - an object as it came in. Entity references may be short (`payments`); missing fields get their default.
 * @throws InvalidSpecError with every problem at once, each with the path of its field and what would be right.
 */
export function parseMeshedServiceSpec(input: unknown): MeshedServiceSpec {
  const result = readMeshedServiceSpec(input);
  if ('problems' in result) throw new InvalidSpecError(result.problems);
  return result.spec;
}

/** As `parseMeshedServiceSpec`, for callers that show problems instead of failing. */
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
    return { problems: shaped.error.issues.flatMap(problemsOf) };
  }
  const spec = shaped.data as MeshedServiceSpec;
  const problems = checkSpec(spec);
  return problems.length > 0 ? { problems } : { spec };
}

/** Defaults that follow from other fields; they hold only where the field was left out. */
function withDerivedDefaults(input: object): object {
  const { name, owner, system, namespace, delivery } = input as Record<
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
  if (delivery === undefined || isPlainObject(delivery)) {
    derived.delivery = {
      ...delivery,
      repository: delivery?.repository ?? name,
      project: delivery?.project ?? entityName(fullOwner),
    };
  }
  return derived;
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

function problemsOf(issue: z.ZodIssue): SpecProblem[] {
  const path = formatPath(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => ({
        path: formatPath([...issue.path, quote(key).slice(1, -1)]),
        message: 'is not a field of a meshed service; remove it',
      }));
    case 'invalid_type':
      return [
        {
          path,
          message:
            issue.received === 'undefined'
              ? 'is required'
              : `must be a ${issue.expected}, not ${issue.received}`,
        },
      ];
    case 'invalid_enum_value':
      return [
        {
          path,
          message: `must be one of ${issue.options.join(', ')}; it is ${quote(
            issue.received,
          )}`,
        },
      ];
    case 'invalid_union_discriminator':
      return [{ path, message: `must be one of ${issue.options.join(', ')}` }];
    case 'invalid_union':
      return [
        {
          path,
          message:
            'must be {entityRef} or {namespace, service, port}, with nothing else in it',
        },
      ];
    default:
      return [{ path, message: issue.message }];
  }
}
