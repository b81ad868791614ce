import { annotations, kinds } from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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
    'begins nothing in %s while the registry takes no push, says what is in its way, and goes on once it is gone',
    async mode => {
      const { publishing, settings, forge } = portalOn(platform, folder);
      const { provisioning } = provisioningOn(platform, {
        withVault: false,
        publishing,
        platform: settings,
      });
      const ensure = async (name: string) => {
        const delivery = { mode, repository: `${name}-main`, project: PROJECT };
        const request = aRequestFor(name, { owner: 'shop', delivery });
        return refusal(provisioning.ensure(request, byAda()));
      };
      const [first, second] = ['first', 'second'].map(each =>
        platform.newNamespaceName(each),
      );
      expect(await ensure(first)).toBe('done');
      const registry = forge.addressOf('meshway-registry').clone;
      const lock = join(registry, 'refs/heads/main.lock');
      await writeFile(lock, '');

      expect(await ensure(second)).toMatch(
        /^ServiceUnavailableError: .*its file refs\/heads\/main\.lock is in the way/s,
      );
      const made = async () => ({
        repository: (await forge.listRepositories()).includes(`${second}-main`),
        namespace: Boolean(
          await administrator(platform).kubernetes.read({
            ...kinds.Namespace,
            name: second,
          }),
        ),
      });
      expect(await made()).toEqual({ repository: false, namespace: false });

      await rm(lock);
      expect(await ensure(second)).toBe('done');
      // In gitops Argo CD makes the namespace, which does not run here.
      expect(await made()).toEqual({
        repository: true,
        namespace: mode === 'apply',
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
