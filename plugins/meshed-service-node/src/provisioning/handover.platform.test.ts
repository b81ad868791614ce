import {
  annotations,
  KubernetesObject,
  labels,
} from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import {
  aRequestFor,
  byAda,
  CLUSTER,
  provisioningOn,
} from './__testUtils__/aCluster';
import { shipped } from './__testUtils__/shippedRoles';
import { aServiceOfTheWriter } from './__testUtils__/theWriter';

describe('a handover where the cluster holds owners fast (MSG025)', () => {
  const platform = platformForTests(['kubernetes']);
  const checkout = 'group:default/checkout';
  let name: string;
  beforeAll(async () => {
    const service = await aServiceOfTheWriter(platform);
    name = service.name;
    const [policy, binding] = shipped('infra/guardrails/ownership-stays.yaml');
    await service.admin.apply(policy);
    await service.admin.apply(forOneService(binding, name));
  });

  /** @returns 'allowed', or what the API server says to the administrator, whom the portal does not authorize. */
  async function ownerWrittenByHand(): Promise<string> {
    const { status, body } = await platform.kubernetes.server.send(
      'PATCH',
      `/api/v1/namespaces/${name}?dryRun=All`,
      { metadata: { annotations: { [annotations.owner]: checkout } } },
      'application/merge-patch+json',
    );
    return status < 300 ? 'allowed' : String(Object(body).message);
  }

  it('is done by the portal, and by nobody past it', async () => {
    // A policy takes effect a moment after it is written.
    for (let look = 0; look < 300; look++) {
      if ((await ownerWrittenByHand()) !== 'allowed') break;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    expect(await ownerWrittenByHand()).toContain(
      'The annotation meshway.dev/owner would be changed.',
    );
    const { provisioning } = provisioningOn(platform, {
      as: 'writer',
      withVault: false,
    });
    const theirs = aRequestFor(name, { owner: 'checkout' });
    const handover = byAda({ transferFrom: 'group:default/shop' });
    expect((await provisioning.ensure(theirs, handover)).outcome).toBe(
      'written',
    );
    expect(
      await provisioning.readOwner({ cluster: CLUSTER, namespace: name, name }),
    ).toBe(checkout);
    expect((await provisioning.ensure(theirs, byAda())).outcome).toBe(
      'unchanged',
    );
  });
});

/** Other tests share the platform, so the rule is bound to the objects of one service. */
function forOneService(
  binding: KubernetesObject,
  service: string,
): KubernetesObject {
  return {
    ...binding,
    metadata: { name: `${binding.metadata.name}.${service}` },
    spec: {
      ...Object(Object(binding).spec),
      matchResources: {
        objectSelector: { matchLabels: { [labels.service]: service } },
      },
    },
  };
}
