import {
  aMeshedServiceInput,
  aMeshedServiceSpec,
} from '@meshway/plugin-meshed-service-common/testUtils';
import request from 'supertest';
import {
  anApiServer,
  clusterAt,
  emptyCluster,
} from '../__testUtils__/anApiServer';
import { aPortal } from '../__testUtils__/aPortal';

// The first request compiles rules and loads what speaks to clusters, which takes its time on a busy machine.
jest.setTimeout(120_000);

const spec = aMeshedServiceInput({
  name: 'cart',
  owner: 'shop',
  ports: [{ name: 'http', port: 8080 }],
  delivery: { mode: 'apply' },
});
const cart = '/api/meshed-service/v1/services/local/cart/cart';

type Target = Parameters<typeof request>[0];
type Answered = {
  status: number;
  body: { error?: { name: string; message: string } };
};
const refusal = ({ status, body }: Answered) => [status, body.error?.message];
const noMoreAccounts = `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: strict.no-more-accounts
  annotations:
    meshway.dev/code: MSG022
    meshway.dev/title: There are accounts enough
    meshway.dev/why: For this test.
    meshway.dev/fix: Do without.
    meshway.dev/docs: docs/guardrails.md
    meshway.dev/severity: high
    meshway.dev/holds: everywhere
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      - apiGroups: ['']
        apiVersions: ['*']
        operations: [CREATE, UPDATE]
        resources: [serviceaccounts]
  validations:
    - expression: object.metadata.name == 'the-last'
      message: The account would be one too many.
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: strict.no-more-accounts
spec:
  policyName: strict.no-more-accounts
  validationActions: [Deny]
`;
const itsCases = `
cases:
  - it: lets the last one be
    allow:
      { apiVersion: v1, kind: ServiceAccount, metadata: { name: the-last, namespace: a } }
  - it: refuses one more
    deny:
      { apiVersion: v1, kind: ServiceAccount, metadata: { name: another, namespace: a } }
`;

describe('writes over HTTP, without guardrails', () => {
  const portal = aPortal();
  let api: Awaited<ReturnType<typeof anApiServer>>;
  let server: Target;
  beforeAll(async () => {
    portal.folder.addContent({ pack: { 'broken.yaml': 'kind: [\n' } });
    api = await anApiServer(emptyCluster);
    await portal.publish(
      aMeshedServiceSpec({
        name: 'cart',
        owner: 'shop',
        delivery: { mode: 'apply' },
      }),
    );
    server = await portal.start({
      ...clusterAt(api.url),
      guardrails: { pack: portal.folder.resolve('pack') },
    });
  });
  afterAll(() => {
    api?.server.close();
  });

  it.each([
    ['put', cart, { spec }],
    ['put', `${cart}/namespace`, { spec }],
    ['put', `${cart}/vaultRole`, { spec }],
    ['put', `${cart}/phase`, { phase: 'audit' }],
    ['post', `${cart}/verify`, { completeRole: true, waitSeconds: 0 }],
  ] as const)('refuses to %s %s', async (method, path, body) => {
    const answer = await request(server)[method](path).send(body);
    expect(refusal(answer)).toEqual([
      503,
      expect.stringMatching(
        /^The guardrails \(meshedService\.guardrails\.pack\) cannot be used, so nothing can be written: /,
      ),
    ]);
    expect(api.asked.filter(each => !each.startsWith('GET'))).toEqual([]);
  });
});

describe('writes over HTTP, that the rules refuse', () => {
  const portal = aPortal();
  let api: Awaited<ReturnType<typeof anApiServer>>;
  let server: Target;
  beforeAll(async () => {
    portal.folder.addContent({
      pack: {
        'pack.yaml': "name: strict\nversion: '1.0.0'\ndescription: No more.\n",
        'no-more-accounts.yaml': noMoreAccounts,
        'no-more-accounts.test.yaml': itsCases,
      },
    });
    api = await anApiServer(emptyCluster);
    await portal.publish(
      aMeshedServiceSpec({
        name: 'cart',
        owner: 'shop',
        phase: 'observe',
        delivery: { mode: 'apply' },
      }),
    );
    server = await portal.start({
      ...clusterAt(api.url),
      guardrails: { pack: portal.folder.resolve('pack') },
    });
  });
  afterAll(() => {
    api?.server.close();
  });

  it.each([
    ['put', cart, { spec }],
    ['put', `${cart}/namespace`, { spec }],
    ['put', `${cart}/vaultRole`, { spec }],
    ['put', `${cart}/phase`, { phase: 'audit', reason: 'No traffic yet' }],
    ['post', `${cart}/verify`, { completeRole: true, waitSeconds: 0 }],
  ] as const)('%s %s: names rule and object', async (method, path, body) => {
    const { status, body: answer } = await request(server)
      [method](path)
      .send(body);
    expect([status, answer.error]).toEqual([
      400,
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining('The account would be one too many.'),
        violations: [
          expect.objectContaining({
            code: 'MSG022',
            ref: expect.objectContaining({ kind: 'ServiceAccount' }),
          }),
        ],
      }),
    ]);
    expect(api.asked.filter(each => !each.startsWith('GET'))).toEqual([]);
  });
});
