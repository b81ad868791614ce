/** A pack of one rule, for tests: ConfigMaps hold at most one setting. @public */
export function aGuardrailPackFolder(
  name: string = 'small',
): ReadonlyMap<string, string> {
  return new Map([
    ['pack.yaml', 'name: sample\nversion: "1.0.0"\n'],
    [
      `${name}.yaml`,
      `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: sample.${name}
  annotations:
    meshway.dev/code: MSG901
    meshway.dev/title: Settings are few
    meshway.dev/why: Few settings are read.
    meshway.dev/fix: Leave one setting.
    meshway.dev/docs: docs/guardrails.md#msg901-settings-are-few
    meshway.dev/severity: high
    meshway.dev/holds: everywhere
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      - apiGroups: ['']
        apiVersions: ['*']
        operations: [CREATE, UPDATE]
        resources: [configmaps]
  validations:
    - expression: size(object.data) <= 1
      message: More than one setting.
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: sample.${name}
spec:
  policyName: sample.${name}
  validationActions: [Deny]
`,
    ],
    [
      `${name}.test.yaml`,
      `cases:
  - it: lets one setting be
    allow:
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: settings, namespace: shop }
      data: { a: '1' }
  - it: refuses two settings
    deny:
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: settings, namespace: shop }
      data: { a: '1', b: '2' }
`,
    ],
  ]);
}
