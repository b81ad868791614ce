import { aConfigMap, aPolicySet } from '../testUtils';
import {
  AdmissionRequest,
  evaluateAdmission,
  EvaluationOptions,
  PolicySet,
} from '.';

const judge = (
  set: PolicySet,
  object: unknown,
  request: Partial<AdmissionRequest> = {},
  options?: EvaluationOptions,
) =>
  evaluateAdmission({ operation: 'CREATE', object, ...request }, set, options);

describe('evaluateAdmission', () => {
  const small = aPolicySet(`  validations:
    - expression: has(object.data) && size(object.data) < 2
      message: A ConfigMap holds one setting.
      reason: Forbidden`);

  it('finds nothing in what keeps the rule', () => {
    expect(judge(small, aConfigMap({ a: '1' }))).toEqual([]);
  });

  it('says which rule, which part of it and which field', () => {
    expect(judge(small, aConfigMap({ a: '1', b: '2' }))).toEqual([
      {
        policy: 'sample',
        binding: 'sample',
        actions: ['Deny'],
        reason: 'Forbidden',
        message: 'A ConfigMap holds one setting.',
        clause: 'size(object.data) < 2',
        path: 'data',
      },
    ]);
  });

  it('leaves other kinds and operations alone', () => {
    expect(judge(small, { ...aConfigMap(), kind: 'Secret' })).toEqual([]);
    expect(judge(small, aConfigMap(), { operation: 'DELETE' })).toEqual([]);
    expect(
      judge(small, { ...aConfigMap(), apiVersion: 'example.com/v1' }),
    ).toEqual([]);
  });

  it('takes an expression without an answer for a breach', () => {
    const set = aPolicySet(`  validations:
    - expression: object.data.mode == 'on' && object.data.missing == 'x'
      message: The mode is set.`);
    expect(judge(set, aConfigMap({ mode: 'on' }))).toEqual([
      expect.objectContaining({
        message: 'The mode is set. (No such key: missing)',
        error: 'No such key: missing',
      }),
    ]);
  });

  it('forgives an expression without an answer when the rule says so', () => {
    const set = aPolicySet(`  failurePolicy: Ignore
  validations:
    - expression: object.data.missing == 'x'`);
    expect(judge(set, aConfigMap())).toEqual([]);
  });

  it('asks conditions first, and refuses when one cannot be decided', () => {
    const set = aPolicySet(`  matchConditions:
    - name: governed
      expression: object.metadata.labels['governed'] == 'yes'
  validations:
    - expression: 'false'
      message: Governed.`);
    const messages = (labels: Record<string, string>) =>
      judge(set, aConfigMap({}, labels)).map(({ message }) => message);
    expect(messages({ governed: 'no' })).toEqual([]);
    expect(messages({ governed: 'yes' })).toEqual(['Governed.']);
    expect(messages({})).toEqual([
      'whether the rule applies (governed) could not be decided: No such key: governed',
    ]);
  });

  it('computes variables in order, and a message from them', () => {
    const set = aPolicySet(`  variables:
    - name: keys
      expression: object.data.map(key, key)
    - name: long
      expression: variables.keys.filter(key, key.size() > 3)
  validations:
    - expression: size(variables.long) == 0
      message: Keys are short.
      messageExpression: "'Too long: ' + variables.long.join(', ')"`);
    expect(
      judge(set, aConfigMap({ a: '1', timeout: '2' })).map(
        ({ message }) => message,
      ),
    ).toEqual(['Too long: timeout']);
  });

  it('names the variable that has no value', () => {
    const set = aPolicySet(`  variables:
    - name: mode
      expression: object.data.mode
  validations:
    - expression: variables.mode == 'on'
      message: The mode is on.`);
    expect(judge(set, aConfigMap()).map(({ message }) => message)).toEqual([
      'The mode is on. (variables.mode: No such key: mode)',
    ]);
  });

  it('does without a message that would forge lines', () => {
    const set = aPolicySet(`  validations:
    - expression: 'false'
      message: Refused.
      messageExpression: object.data.text`);
    expect(
      judge(set, aConfigMap({ text: 'fine\n2026-01-01 admitted' })).map(
        ({ message }) => message,
      ),
    ).toEqual(['Refused.']);
  });

  it('reads what is known about the request', () => {
    const set = aPolicySet(`  validations:
    - expression: >-
        request.operation == 'UPDATE' && request.resource.resource == 'configmaps' && request.namespace == 'shop'
        && request.userInfo.username == 'ann' && oldObject.data.a == '1' && namespaceObject.metadata.name == 'shop'`);
    expect(
      judge(set, aConfigMap(), {
        operation: 'UPDATE',
        oldObject: aConfigMap({ a: '1' }),
        namespaceObject: {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'shop' },
        },
        user: { username: 'ann', groups: [] },
      }),
    ).toEqual([]);
  });

  it('judges by each parameter that is selected, and refuses when there is none', () => {
    const limit = (name: string, most: number) => ({
      apiVersion: 'example.com/v1',
      kind: 'Limit',
      metadata: { name, labels: { use: 'yes' } },
      spec: { most },
    });
    const set = aPolicySet(
      `  paramKind: {apiVersion: example.com/v1, kind: Limit}
  validations:
    - expression: size(object.data) <= params.spec.most
      messageExpression: "'At most ' + string(params.spec.most) + '.'"`,
      `  paramRef:
    selector: {matchLabels: {use: 'yes'}}
    parameterNotFoundAction: Deny`,
    );
    const messages = (params: unknown[]) =>
      judge({ ...set, params }, aConfigMap({ a: '', b: '' })).map(
        ({ message }) => message,
      );
    expect(
      messages([limit('one', 1), limit('two', 2), limit('none', 0)]),
    ).toEqual(['At most 1.', 'At most 0.']);
    expect(messages([])).toEqual([
      'the parameters that binding sample names are missing',
    ]);
  });

  it('follows selectors, unless it is told that they excuse nobody', () => {
    const set = aPolicySet(
      `  validations:
    - expression: 'false'`,
      `  matchResources:
    namespaceSelector: {matchExpressions: [{key: team, operator: In, values: [shop]}]}
    objectSelector: {matchLabels: {governed: 'yes'}}`,
    );
    const namespaceObject = (team: string) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop', labels: { team } },
    });
    const governed = aConfigMap({}, { governed: 'yes' });
    const count = (
      object: unknown,
      team: string,
      options?: EvaluationOptions,
    ) =>
      judge(set, object, { namespaceObject: namespaceObject(team) }, options)
        .length;
    expect(count(governed, 'shop')).toBe(1);
    expect(count(governed, 'other')).toBe(0);
    expect(count(aConfigMap(), 'shop')).toBe(0);
    expect(count(aConfigMap(), 'other', { ignoreSelectors: true })).toBe(1);
  });

  it('fills in what an API server would', () => {
    const set = aPolicySet(`  validations:
    - expression: object.spec.accessPolicy == 'deny' && object.spec.proxyProtocol == 'HTTP/2'`);
    const servers = {
      ...set,
      policies: set.policies.map(policy => ({
        ...policy,
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ['policy.linkerd.io'],
              apiVersions: ['*'],
              operations: ['*' as const],
              resources: ['servers'],
            },
          ],
        },
      })),
    };
    expect(
      judge(servers, {
        apiVersion: 'policy.linkerd.io/v1beta3',
        kind: 'Server',
        metadata: { name: 'web', namespace: 'shop' },
        spec: { proxyProtocol: 'HTTP/2' },
      }),
    ).toEqual([]);
  });

  it.each([
    null,
    'text',
    [],
    {},
    { kind: 'ConfigMap' },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: null },
    { apiVersion: 'v1', kind: 'configMap', metadata: { name: 'a' } },
    { apiVersion: '/v1', kind: 'ConfigMap', metadata: { name: 'a' } },
    { apiVersion: 'Apps/v1', kind: 'Deployment', metadata: { name: 'a' } },
    { apiVersion: 'apps//v1', kind: 'Deployment', metadata: { name: 'a' } },
  ])('refuses to judge %j', object => {
    expect(() => judge(small, object)).toThrow('is no Kubernetes object');
  });
});
