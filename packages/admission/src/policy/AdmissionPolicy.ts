import { CelProgram } from '../cel';
import { MatchResources, ParamRef } from './MatchResources';

/** A ValidatingAdmissionPolicy whose expressions are compiled. @public */
export type AdmissionPolicy = {
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly file: string;
  readonly line: number;
  readonly failurePolicy: 'Fail' | 'Ignore';
  readonly paramKind?: { readonly apiVersion: string; readonly kind: string };
  readonly matchConstraints: MatchResources;
  readonly matchConditions: readonly NamedProgram[];
  readonly variables: readonly NamedProgram[];
  readonly validations: readonly Validation[];
  readonly bindings: readonly AdmissionBinding[];
};

/** A compiled expression that a policy names: a match condition or a variable. @public */
export type NamedProgram = {
  readonly name: string;
  readonly program: CelProgram;
};

/** A rule of a policy, and what is said when it does not hold. @public */
export type Validation = {
  readonly program: CelProgram;
  readonly message?: string;
  readonly messageProgram?: CelProgram;
  readonly reason: string;
};

/** Where a policy is in force, what a breach leads to, and by which parameters it judges. @public */
export type AdmissionBinding = {
  readonly name: string;
  readonly actions: ReadonlyArray<'Deny' | 'Warn' | 'Audit'>;
  readonly matchResources?: MatchResources;
  readonly paramRef?: ParamRef;
};

/** What a policy set is made of: policies with their bindings, and the objects that bindings may name as parameters. @public */
export type PolicySet = {
  readonly policies: readonly AdmissionPolicy[];
  readonly params: readonly unknown[];
};
