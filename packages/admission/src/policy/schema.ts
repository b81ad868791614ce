import { z } from 'zod';
import {
  LabelSelector,
  MatchResources,
  ParamRef,
  ResourceRule,
} from './MatchResources';

/** A schema that reads this very type: what is public is written out, and the schema is held to it. */
type Reads<T> = z.ZodType<T, z.ZodTypeDef, unknown>;

const name = z.string().min(1).max(253);
const texts = z.array(z.string().min(1)).min(1);
const oneLine = z
  .string()
  .min(1)
  .max(5_000)
  .regex(/^[^\r\n]*$/, 'must be one line; an API server refuses line breaks');

const labelSelector = z
  .object({
    matchLabels: z.record(z.string()).optional(),
    matchExpressions: z
      .array(
        z
          .object({
            key: z.string().min(1),
            operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
            values: z.array(z.string()).optional(),
          })
          .strict(),
      )
      .optional(),
  })
  .strict() satisfies Reads<LabelSelector>;

const resourceRule = z
  .object({
    apiGroups: z.array(z.string()).min(1),
    apiVersions: texts,
    operations: z
      .array(z.enum(['*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT']))
      .min(1),
    resources: texts,
    resourceNames: z.array(z.string()).optional(),
    scope: z.enum(['*', 'Cluster', 'Namespaced']).optional(),
  })
  .strict() satisfies Reads<ResourceRule>;

const matchResources = z
  .object({
    resourceRules: z.array(resourceRule).optional(),
    excludeResourceRules: z.array(resourceRule).optional(),
    namespaceSelector: labelSelector.optional(),
    objectSelector: labelSelector.optional(),
    matchPolicy: z.enum(['Exact', 'Equivalent']).optional(),
  })
  .strict() satisfies Reads<MatchResources>;

const paramRef = z
  .object({
    name: name.optional(),
    namespace: name.optional(),
    selector: labelSelector.optional(),
    parameterNotFoundAction: z.enum(['Allow', 'Deny']),
  })
  .strict() satisfies Reads<ParamRef>;

const metadata = z
  .object({
    name,
    labels: z.record(z.string()).optional(),
    annotations: z.record(z.string()).optional(),
  })
  .strict();

const validation = z
  .object({
    expression: z.string().min(1),
    message: oneLine.optional(),
    messageExpression: z.string().min(1).optional(),
    reason: z
      .enum(['Unauthorized', 'Forbidden', 'Invalid', 'RequestEntityTooLarge'])
      .optional(),
  })
  .strict();

/** A ValidatingAdmissionPolicy, as far as it can be judged here. Unknown fields are mistakes, not extensions. */
export const policySchema = z
  .object({
    apiVersion: z.literal('admissionregistration.k8s.io/v1'),
    kind: z.literal('ValidatingAdmissionPolicy'),
    metadata,
    spec: z
      .object({
        failurePolicy: z.enum(['Fail', 'Ignore']).default('Fail'),
        paramKind: z
          .object({ apiVersion: name, kind: name })
          .strict()
          .optional(),
        matchConstraints: matchResources.extend({
          resourceRules: z.array(resourceRule).min(1),
        }),
        matchConditions: z
          .array(z.object({ name, expression: z.string().min(1) }).strict())
          .max(64)
          .default([]),
        variables: z
          .array(
            z
              .object({
                name: z
                  .string()
                  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be an identifier'),
                expression: z.string().min(1),
              })
              .strict(),
          )
          .default([]),
        validations: z.array(validation).min(1),
      })
      .strict(),
  })
  .strict();

/** A ValidatingAdmissionPolicyBinding. */
export const bindingSchema = z
  .object({
    apiVersion: z.literal('admissionregistration.k8s.io/v1'),
    kind: z.literal('ValidatingAdmissionPolicyBinding'),
    metadata,
    spec: z
      .object({
        policyName: name,
        validationActions: z.array(z.enum(['Deny', 'Warn', 'Audit'])).min(1),
        matchResources: matchResources.optional(),
        paramRef: paramRef.optional(),
      })
      .strict(),
  })
  .strict();

/** A policy as it is written. */
export type PolicyObject = z.infer<typeof policySchema>;
/** A binding as it is written. */
export type BindingObject = z.infer<typeof bindingSchema>;
