/**
 * ValidatingAdmissionPolicy, judged outside an API server.
 *
 *   files ─► loadPolicies ─► PolicySet ─┐
 *   AdmissionRequest ───────────────────┴─► evaluateAdmission ─► AdmissionFinding[]
 *
 * In: the very YAML that a cluster enforces, and objects as JSON. Out: what an API server would refuse, and which part
 * of the expression failed. Loading is all or nothing; evaluating fails closed.
 */
export type {
  AdmissionBinding,
  AdmissionPolicy,
  NamedProgram,
  PolicySet,
  Validation,
} from './AdmissionPolicy';
export type { AdmissionRequest } from './AdmissionRequest';
export type {
  LabelSelector,
  MatchResources,
  ParamRef,
  ResourceRule,
} from './MatchResources';
export { evaluateAdmission } from './evaluateAdmission';
export type { AdmissionFinding, EvaluationOptions } from './evaluateAdmission';
export { formatPolicyProblem, InvalidPolicyError } from './InvalidPolicyError';
export type { PolicyProblem } from './InvalidPolicyError';
export { loadPolicies } from './loadPolicies';
export { readYamlDocuments } from './readYamlDocuments';
export type { YamlDocument } from './readYamlDocuments';
export { resourceOf } from './resources';
