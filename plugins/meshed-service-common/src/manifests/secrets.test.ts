import {
  defaultPlatform,
  type KubernetesObject,
  type Platform,
} from '../model';
import { aMeshedServiceSpec } from '../testUtils';
import { renderBundle } from './renderBundle';

function render(
  overrides: Record<string, unknown>,
  platform: Platform = defaultPlatform,
): KubernetesObject[] {
  return renderBundle(aMeshedServiceSpec(overrides), platform).objects;
}

const find = (objects: KubernetesObject[], kind: string) =>
  objects.find(object => object.kind === kind);

describe('renderBundle, for a service with secrets', () => {
  it('binds the Vault role to exactly one account', () => {
    const objects = render({
      secrets: { delivery: 'vso', paths: ['database'] },
    });
    expect(find(objects, 'VaultRole')?.spec).toEqual({
      mount: 'kubernetes',
      boundServiceAccountNames: ['payments-api'],
      boundServiceAccountNamespaces: ['payments-api'],
      audience: 'vault',
      tokenPolicies: ['meshway.local'],
      tokenTtlSeconds: 3600,
      tokenMaxTtlSeconds: 3600,
      aliasNameSource: 'serviceaccount_uid',
    });
    expect(find(objects, 'VaultStaticSecret')?.spec).toMatchObject({
      mount: 'kv',
      type: 'kv-v2',
      path: 'local/payments-api/payments-api/database',
      destination: { name: 'payments-api.database', create: true },
      rolloutRestartTargets: [{ kind: 'Deployment', name: 'payments-api' }],
    });
  });

  it('asks the agent for secrets after the proxy where linkerd-cni redirects, before it elsewhere', () => {
    const agent = (cni: boolean) => {
      const patch = find(
        render(
          { secrets: { delivery: 'agent', paths: ['a'.repeat(100)] } },
          { ...defaultPlatform, mesh: { ...defaultPlatform.mesh, cni } },
        ),
        'WorkloadPatch',
      )?.spec as {
        patch: {
          spec: {
            template: { metadata: { annotations: Record<string, string> } };
          };
        };
      };
      return patch.patch.spec.template.metadata.annotations;
    };
    const key = 'vault.hashicorp.com/agent-init-first';
    expect([agent(true)[key], agent(false)[key]]).toEqual(['false', 'true']);
    for (const name of Object.keys(agent(true)))
      expect(name.split('/')[1].length).toBeLessThanOrEqual(63);
  });
});
