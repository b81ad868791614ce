import {
  Activation,
  CelClause,
  CelEvaluationError,
  CelValue,
  Extent,
  UnjudgeableObjectError,
} from '../cel';
import {
  AdmissionBinding,
  AdmissionPolicy,
  PolicySet,
  Validation,
} from './AdmissionPolicy';
import { activationOf, withParams } from './activation';
import { AdmissionRequest, identityOf } from './AdmissionRequest';
import { Candidate, matchesRules, matchesSelectors } from './matching';
import { paramsOf } from './params';

/** A validation that an object does not pass. @public */
export type AdmissionFinding = {
  readonly policy: string;
  readonly binding: string;
  readonly actions: AdmissionBinding['actions'];
  readonly reason: string;
  readonly message: string;
  /** The part of the expression that failed. */
  readonly clause: string;
  /** The field that this part reads first, below the object. */
  readonly path?: string;
  /** Set when the expression had no answer, which counts as a breach. */
  readonly error?: string;
};

/** How an evaluation differs from that of an API server. @public */
export type EvaluationOptions = {
  /**
   * Takes every object for selected, whatever its labels. Selectors say which objects of a cluster a rule is about; a
   * portal that judges what it is about to write must not let labels excuse it.
   */
  readonly ignoreSelectors?: boolean;
};

/**
 * Judges one request by a set of policies, as an API server would.
 * @returns findings in the order of policies and validations
 * @throws UnjudgeableObjectError when the object is none, or beyond the bounds
 * @public
 */
export function evaluateAdmission(
  request: AdmissionRequest,
  set: PolicySet,
  options: EvaluationOptions = {},
): AdmissionFinding[] {
  const identity = identityOf(request.object ?? request.oldObject);
  if (!identity)
    throw new UnjudgeableObjectError(
      'is no Kubernetes object: apiVersion, kind and metadata.name are needed',
    );
  const candidate: Candidate = {
    operation: request.operation,
    identity,
    oldIdentity: identityOf(request.oldObject),
    namespace: identityOf(request.namespaceObject),
  };
  const base = activationOf(request, identity);
  return set.policies
    .filter(policy => matchesRules(candidate, policy.matchConstraints))
    .flatMap(policy =>
      policy.bindings
        .filter(binding => isBound(candidate, policy, binding, options))
        .flatMap(binding =>
          paramsOf(binding, policy, set).flatMap(params =>
            params === 'missing'
              ? missingParams(policy, binding)
              : evaluatePolicy(policy, binding, withParams(base, params)),
          ),
        ),
    );
}

function isBound(
  candidate: Candidate,
  { matchConstraints }: AdmissionPolicy,
  { matchResources = {} }: AdmissionBinding,
  { ignoreSelectors = false }: EvaluationOptions,
): boolean {
  return (
    matchesRules(candidate, matchResources) &&
    (ignoreSelectors ||
      (matchesSelectors(candidate, matchConstraints) &&
        matchesSelectors(candidate, matchResources)))
  );
}

function evaluatePolicy(
  policy: AdmissionPolicy,
  binding: AdmissionBinding,
  given: Activation,
): AdmissionFinding[] {
  const forgiving = policy.failurePolicy === 'Ignore';
  const finding = (
    clause: CelClause,
    reason: string,
    message: string,
    error?: string,
  ): AdmissionFinding => ({
    policy: policy.name,
    binding: binding.name,
    actions: binding.actions,
    reason,
    message,
    clause: clause.source,
    ...(clause.path === undefined ? {} : { path: clause.path }),
    ...(error === undefined ? {} : { error }),
  });

  for (const { name, program } of policy.matchConditions) {
    const answer = attempt(() => program.test(given));
    if ('error' in answer)
      return forgiving
        ? []
        : [
            finding(
              program.clauses[0],
              'Invalid',
              `whether the rule applies (${name}) could not be decided: ${answer.error}`,
              answer.error,
            ),
          ];
    if (answer.value !== true) return [];
  }

  const { activation, failed } = withVariables(policy, given);
  return policy.validations.flatMap(validation => {
    const { program, reason } = validation;
    const answer = attempt(() => program.test(activation));
    if ('error' in answer) {
      const causes = program.readsVariables.flatMap(
        name => failed.get(name) ?? [],
      );
      const error = causes[0] ?? answer.error;
      return forgiving
        ? []
        : [
            finding(
              program.clauses[0],
              reason,
              `${messageOf(validation, activation)} (${error})`,
              error,
            ),
          ];
    }
    return answer.value === true
      ? []
      : [finding(answer.value, reason, messageOf(validation, activation))];
  });
}

function messageOf(validation: Validation, activation: Activation): string {
  const { messageProgram, message, program } = validation;
  if (messageProgram) {
    const answer = attempt(() => messageProgram.evaluate(activation));
    if (
      'value' in answer &&
      typeof answer.value === 'string' &&
      answer.value.trim() !== '' &&
      answer.value.length <= 5_000 &&
      !/[\r\n]/.test(answer.value)
    )
      return answer.value;
  }
  return message ?? `failed expression: ${program.source.trim()}`;
}

/** Variables are computed in order; one that cannot be is missing, and remembered with its reason. */
function withVariables(
  policy: AdmissionPolicy,
  given: Activation,
): { activation: Activation; failed: ReadonlyMap<string, string> } {
  const failed = new Map<string, string>();
  const values: Record<string, CelValue> = Object.create(null);
  let activation: Activation = { ...given, variables: values };
  for (const { name, program } of policy.variables) {
    const now = activation;
    const answer = attempt(() => program.evaluate(now));
    if ('error' in answer) {
      failed.set(name, `variables.${name}: ${answer.error}`);
      continue;
    }
    values[name] = answer.value as CelValue; // an opaque engine value; only handed back to the engine
    activation = {
      ...activation,
      extent: wider(activation.extent, answer.value),
    };
  }
  return { activation, failed };
}

function wider(extent: Extent, value: unknown): Extent {
  if (!Array.isArray(value)) return extent;
  return value.reduce<Extent>(wider, {
    ...extent,
    longestList: Math.max(extent.longestList, value.length),
  });
}

function attempt<T>(evaluate: () => T): { value: T } | { error: string } {
  try {
    return { value: evaluate() };
  } catch (error) {
    if (error instanceof CelEvaluationError) return { error: error.message };
    throw error;
  }
}

function missingParams(
  policy: AdmissionPolicy,
  binding: AdmissionBinding,
): AdmissionFinding[] {
  if (policy.failurePolicy === 'Ignore') return [];
  const error = `the parameters that binding ${binding.name} names are missing`;
  return [
    {
      policy: policy.name,
      binding: binding.name,
      actions: binding.actions,
      reason: 'Invalid',
      message: error,
      clause: policy.validations[0].program.clauses[0].source,
      error,
    },
  ];
}
