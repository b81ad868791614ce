import {
  AdmissionFinding,
  AdmissionRequest,
  evaluateAdmission,
  UnjudgeableObjectError,
} from '@meshway/admission';
import { MESHWAY_API_VERSION, formatObjectRef, kinds } from '../model';
import type { KubernetesObject, ObjectRef } from '../model';
import { Guardrail, GuardrailPack, loaded, Violation } from './GuardrailPack';

/** What is said of an object that no rule can look at. Has a heading in the documentation as the rules have. @public */
export const unjudgeable = {
  code: 'MSG000',
  title: 'The object can be judged',
  why: 'What cannot be judged cannot be let through.',
  fix: 'Write each object as a document of its own, with apiVersion, kind and metadata.name, and of a reasonable size.',
  docs: 'docs/guardrails.md#msg000-the-object-can-be-judged',
} as const;

const mostObjects = 1_000;

/**
 * Judges objects that belong together (a bundle, or the files of a folder) as the portal does before it writes them:
 * by every rule that holds in the portal, whatever the objects' labels say. Empty means admitted.
 *
 * @returns violations sorted by code and object
 * @public
 */
export function admit(
  objects: readonly KubernetesObject[],
  pack: GuardrailPack,
): Violation[] {
  return judge(objects, pack, ({ holds }) => holds !== 'cluster');
}

/**
 * Judges by chosen rules, and objects that may be anything.
 *
 * @param change - what the objects replace, in the same order, and the account that asks.
 */
export function judge(
  objects: readonly unknown[],
  pack: GuardrailPack,
  chosen: (guardrail: Guardrail) => boolean,
  { from = [], by }: { from?: readonly unknown[]; by?: string } = {},
): Violation[] {
  if (objects.length > mostObjects)
    return [
      refusal(
        objects[mostObjects],
        `${objects.length} objects are more than the ${mostObjects} that are judged together`,
      ),
    ];
  const guardrails = new Map(
    pack.guardrails.filter(chosen).map(rule => [rule.name, rule]),
  );
  const { policies, params } = pack[loaded].policies;
  const set = {
    policies: policies.filter(({ name }) => guardrails.has(name)),
    params: [...params, admittedBundle(objects)],
  };
  const judgeOne = (object: unknown, oldObject: unknown): Violation[] => {
    const whole = wholeOrRefused(object);
    if (whole) return [whole];
    const request: AdmissionRequest = {
      operation: oldObject === undefined ? 'CREATE' : 'UPDATE',
      object,
      oldObject,
      namespaceObject: namespaceOf(object, objects),
      ...(by === undefined ? {} : { user: { username: by, groups: [] } }),
    };
    try {
      return evaluateAdmission(request, set, { ignoreSelectors: true })
        .filter(({ actions }) => actions.includes('Deny'))
        .flatMap(finding => {
          const guardrail = guardrails.get(finding.policy);
          return guardrail ? [violation(guardrail, finding, object)] : [];
        });
    } catch (error) {
      if (!(error instanceof UnjudgeableObjectError)) throw error;
      return [refusal(object, `The object ${error.message}.`)];
    }
  };
  return objects
    .flatMap((object, index) => judgeOne(object, from[index]))
    .sort(byCodeAndObject);
}

function violation(
  { code, title, why, fix, docs }: Guardrail,
  { message, path, clause }: AdmissionFinding,
  object: unknown,
): Violation {
  return {
    code,
    title,
    message,
    why,
    fix,
    docs,
    ref: refOfAnything(object),
    ...(path === undefined ? {} : { path }),
    clause,
  };
}

function refusal(object: unknown, message: string): Violation {
  return { ...unjudgeable, message, ref: refOfAnything(object) };
}

/** A list would carry its items past every rule. */
function wholeOrRefused(object: unknown): Violation | undefined {
  return typeof object === 'object' &&
    object !== null &&
    Object.hasOwn(object, 'items')
    ? refusal(object, 'The object is a list; its items would not be judged.')
    : undefined;
}

/** What rules read as `params` when they are about the bundle as a whole. Exists in no cluster. */
function admittedBundle(objects: readonly unknown[]): KubernetesObject {
  return {
    apiVersion: MESHWAY_API_VERSION,
    kind: 'AdmittedBundle',
    metadata: { name: 'admitted' },
    spec: {
      namespaces: objects
        .filter(object => refOfAnything(object).kind === kinds.Namespace.kind)
        .map(object => refOfAnything(object).name),
    },
  };
}

function namespaceOf(object: unknown, objects: readonly unknown[]): unknown {
  const { namespace } = refOfAnything(object);
  return namespace === undefined
    ? undefined
    : objects.find(other => {
        const { kind, name } = refOfAnything(other);
        return kind === kinds.Namespace.kind && name === namespace;
      });
}

/** As far as an object says who it is. */
function refOfAnything(object: unknown): ObjectRef {
  const metadata = memberOf(object, 'metadata');
  const namespace = textOf(metadata, 'namespace');
  return {
    apiVersion: textOf(object, 'apiVersion') ?? '?',
    kind: textOf(object, 'kind') ?? '?',
    ...(namespace === undefined ? {} : { namespace }),
    name: textOf(metadata, 'name') ?? '?',
  };
}

function memberOf(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null
    ? Object.getOwnPropertyDescriptor(object, key)?.value
    : undefined;
}

function textOf(object: unknown, key: string): string | undefined {
  const value = memberOf(object, key);
  return typeof value === 'string' && value !== ''
    ? value.slice(0, 253)
    : undefined;
}

function byCodeAndObject(left: Violation, right: Violation): number {
  const key = ({ code, ref }: Violation) => `${code} ${formatObjectRef(ref)}`;
  return key(left) < key(right) ? -1 : Number(key(left) > key(right));
}
