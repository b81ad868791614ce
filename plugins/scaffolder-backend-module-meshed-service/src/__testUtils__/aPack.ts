import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes a guardrail pack whose one rule no namespace keeps. */
export function aPackThatRefuses(folder: string): string {
  const files = {
    'pack.yaml': 'name: strict\nversion: "1.0.0"\n',
    'no-namespace.yaml': `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: no-namespace
  annotations:
    meshway.dev/code: MSG900
    meshway.dev/title: No namespace is made
    meshway.dev/why: The platform is frozen.
    meshway.dev/fix: Come back on Monday.
    meshway.dev/docs: docs/guardrails.md#msg900
    meshway.dev/severity: high
    meshway.dev/holds: everywhere
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      - apiGroups: [""]
        apiVersions: [v1]
        operations: [CREATE, UPDATE]
        resources: [namespaces]
  validations:
    - expression: object.metadata.name == 'nobody'
      message: the platform takes no new namespace
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: no-namespace
spec:
  policyName: no-namespace
  validationActions: [Deny]
`,
    'no-namespace.test.yaml': `cases:
  - it: lets nobody have one
    allow:
      - apiVersion: v1
        kind: Namespace
        metadata: {name: nobody}
  - it: refuses everybody else
    deny:
      - apiVersion: v1
        kind: Namespace
        metadata: {name: cart}
`,
  };
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files))
    writeFileSync(path.join(folder, name), text);
  return folder;
}
