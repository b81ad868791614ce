import { Activation, toCel } from './cel';
import { loadPolicies, PolicySet } from './policy';

/** The variables of an evaluation, written as JSON. */
export function anActivation(json: Record<string, unknown> = {}): Activation {
  const { value, extent } = toCel({
    object: null,
    oldObject: null,
    request: null,
    params: null,
    namespaceObject: null,
    variables: null,
    ...json,
  });
  return { ...(value as Omit<Activation, 'extent'>), extent }; // the keys are those written above
}

/** A policy over ConfigMaps as a file, with its binding. `spec` and `binding` are YAML, indented by two. */
export function aPolicyFile(spec: string, binding = ''): string {
  return `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: sample
spec:
  matchConstraints:
    resourceRules:
      - apiGroups: ['']
        apiVersions: ['*']
        operations: [CREATE, UPDATE]
        resources: [configmaps]
${spec}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: sample
spec:
  policyName: sample
  validationActions: [Deny]
${binding}`;
}

/** A set of one policy. */
export function aPolicySet(spec: string, binding = ''): PolicySet {
  return loadPolicies(new Map([['sample.yaml', aPolicyFile(spec, binding)]]));
}

/** A ConfigMap of the namespace `shop`. */
export function aConfigMap(
  data: Record<string, unknown> = {},
  labels: Record<string, string> = {},
) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace: 'shop', labels },
    data,
  };
}
