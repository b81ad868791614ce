import { parse } from 'yaml';
import { defaultPlatform } from '../model';
import { aMeshedServiceSpec } from '../testUtils';
import { bundleFiles, meshComponentFolder, renderBundle } from './index';

function files(overrides: Record<string, unknown>) {
  const spec = aMeshedServiceSpec(overrides);
  return bundleFiles(spec, renderBundle(spec, defaultPlatform));
}
const agent = { delivery: 'agent', paths: ['database'] };

describe('bundleFiles', () => {
  it('writes one file per object, payloads apart, and a kustomize component', () => {
    expect(
      files({
        secrets: { delivery: 'vso', paths: ['database'] },
        delivery: { path: 'deploy' },
      }).map(({ path }) => path),
    ).toEqual([
      'deploy/mesh/00-namespace-payments-api.yaml',
      'deploy/mesh/10-serviceaccount-payments-api.yaml',
      'deploy/mesh/11-role-payments-api-owners.yaml',
      'deploy/mesh/12-rolebinding-payments-api-owners.yaml',
      'deploy/mesh/30-networkpolicy-payments-api-mesh.yaml',
      'deploy/mesh/30-networkpolicy-payments-api-ports.yaml',
      'deploy/mesh/40-server-payments-api.http.yaml',
      'deploy/mesh/80-vaultauth-payments-api-vault.yaml',
      'deploy/mesh/81-vaultstaticsecret-payments-api.database.yaml',
      'deploy/mesh/kustomization.yaml',
      'platform/90-vaultrole-meshway.local.payments-api.payments-api.yaml',
      'platform/96-argoregistration-payments-api.local.yaml',
    ]);
  });

  it('renames no file when an object is added', () => {
    const before = files({}).map(({ path }) => path);
    const after = files({
      quota: { cpu: '1', memory: '1Gi', pods: 5 },
      egress: {},
    }).map(({ path }) => path);
    expect(after).toEqual(expect.arrayContaining(before));
  });

  it('keeps everything in the repository out of the cluster in apply, where the backend writes', () => {
    expect(files({ delivery: { mode: 'apply' } })).toEqual([]);
  });

  it.each(['gitops', 'apply'])(
    'delivers the patch of the agent injector by the component in %s',
    mode => {
      const spec = aMeshedServiceSpec({ secrets: agent, delivery: { mode } });
      expect(meshComponentFolder(spec)).toBe('manifests/mesh');
      const written = new Map(
        files({ secrets: agent, delivery: { mode } }).map(
          ({ path, content }) => [path, parse(content)],
        ),
      );
      expect(written.get('manifests/mesh/kustomization.yaml').patches).toEqual([
        { path: '82-workloadpatch-payments-api.yaml' },
      ]);
      expect(
        written.get('manifests/mesh/82-workloadpatch-payments-api.yaml'),
      ).toMatchObject({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'payments-api' },
        spec: {
          template: {
            metadata: {
              annotations: {
                'vault.hashicorp.com/agent-inject': 'true',
                'vault.hashicorp.com/agent-inject-secret-1':
                  'kv/data/local/payments-api/payments-api/database',
                'vault.hashicorp.com/agent-inject-file-1': 'database.json',
              },
            },
          },
        },
      });
    },
  );
});
