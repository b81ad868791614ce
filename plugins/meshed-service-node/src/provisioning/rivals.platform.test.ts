import { annotations, kinds } from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  aRequestFor,
  byAda,
  CLUSTER,
  portalOn,
  PROJECT,
  provisioningOn,
  refusal,
} from './__testUtils__/aCluster';
import { administrator } from './__testUtils__/anAdministrator';

describe('several who ask for the same name at once, on a real API server and real repositories', () => {
  const platform = platformForTests(['kubernetes']);
  let folder: string;
  beforeAll(async () => {
    await administrator(platform).makeProject();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meshway-rivals-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Each asks a portal of its own: two replicas, or two people on the command line. */
  const atOnce = async (
    mode: 'gitops' | 'apply',
    requests: ReadonlyArray<{ owner: string; repository: string }>,
  ) => {
    const name = platform.newNamespaceName('cart');
    const service = { cluster: CLUSTER, namespace: name, name };
    const said = await Promise.all(
      requests.map(({ owner, repository }) => {
        const { publishing, settings } = portalOn(platform, folder);
        const { provisioning } = provisioningOn(platform, {
          withVault: false,
          publishing,
          platform: settings,
        });
        const request = aRequestFor(name, {
          owner,
          delivery: {
            mode,
            repository: `${name}-${repository}`,
            project: PROJECT,
          },
        });
        return refusal(provisioning.ensure(request, byAda()));
      }),
    );
    const { publishing, forge } = portalOn(platform, folder);
    const namespace = await administrator(platform).kubernetes.read({
      ...kinds.Namespace,
      name,
    });
    return {
      said: said.map(text => text.replaceAll(name, 'cart')),
      claim: await publishing.registry.readClaim(service),
      repositories: (await forge.listRepositories()).map(each =>
        each.replace(name, 'cart'),
      ),
      namespace: namespace?.metadata.annotations?.[annotations.owner],
    };
  };

  it.each(['gitops', 'apply'] as const)(
    'lets one of two owners win in %s, tells the other who, and leaves nothing of his',
    async mode => {
      const { said, claim, repositories, namespace } = await atOnce(mode, [
        { owner: 'shop', repository: 'of-shop' },
        { owner: 'checkout', repository: 'of-checkout' },
      ]);
      const winner = said[0] === 'done' ? 'shop' : 'checkout';
      expect({
        said: [...said].sort(),
        claim: claim?.owner,
        repositories: [...repositories].sort(),
        namespace,
      }).toEqual({
        said: [
          expect.stringMatching(
            new RegExp(
              `^ConflictError: .*(belongs to|taken by) group:default/${winner}`,
              's',
            ),
          ),
          'done',
        ],
        claim: `group:default/${winner}`,
        repositories: [`cart-of-${winner}`, 'meshway-registry'],
        // In gitops Argo CD makes it, which does not run here.
        namespace: mode === 'gitops' ? undefined : `group:default/${winner}`,
      });
    },
  );

  it.each(['gitops', 'apply'] as const)(
    'does in %s for two identical requests what it does for one',
    async mode => {
      const { said, repositories } = await atOnce(mode, [
        { owner: 'shop', repository: 'main' },
        { owner: 'shop', repository: 'main' },
      ]);
      expect([said, [...repositories].sort()]).toEqual([
        ['done', 'done'],
        ['cart-main', 'meshway-registry'],
      ]);
    },
  );
});
