import { platformForTests } from '@meshway/test-platform';
import {
  aRequestFor,
  byAda,
  CLUSTER,
  portalOn,
  provisioningOn,
} from './__testUtils__/aCluster';

describe('a portal with the rights of the reader alone', () => {
  const platform = platformForTests(['kubernetes', 'argocd', 'vault']);
  // How fast Argo CD is, is the machine's business.
  jest.setTimeout(1_800_000);

  it('makes and verifies what Argo CD delivers, and says what it lacks to take it away', async () => {
    const name = platform.newNamespaceName('shop');
    const { publishing, settings } = portalOn(platform);
    const { provisioning } = provisioningOn(platform, {
      as: 'reader',
      publishing,
      platform: settings,
    });
    const request = aRequestFor(name, {
      phase: 'observe',
      secrets: { delivery: 'vso', paths: ['database'] },
      delivery: { mode: 'gitops', repository: name, project: 'shop' },
    });
    const plan = await provisioning.plan(request);
    const receipt = await provisioning.ensure(
      request,
      byAda({ waitSeconds: 400 }),
    );
    const verified = await provisioning.verify(request, { waitSeconds: 400 });
    expect([
      [plan.outcome, plan.problems],
      receipt.outcome,
      receipt.steps.map(({ ref, outcome }) => `${ref.kind} ${outcome}`),
      verified.state,
      (await provisioning.plan(request)).outcome,
    ]).toEqual([
      ['create', []],
      'written',
      ['ArgoRegistration committed', 'VaultRole created'],
      'ok',
      'unchanged',
    ]);

    const { problems } = await provisioning.planRetirement({
      service: { cluster: CLUSTER, namespace: name, name },
      owner: 'group:default/shop',
      delivery: 'gitops',
      confirmNamespace: name,
    });
    expect([...new Set(problems.map(({ code }) => code))]).toEqual([
      'permission-missing',
    ]);
  });
});
