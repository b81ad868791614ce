import { kinds, names } from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import { PROJECT, tokenOf } from './__testUtils__/aCluster';
import {
  administrator,
  aForeignAccount,
  aForeignNamespace,
} from './__testUtils__/anAdministrator';
import { connectionsTo } from './__testUtils__/faultProxy';
import { sweep } from './__testUtils__/sweep';
import {
  aServiceToBeMade,
  aServiceToBeRetired,
  SweepSetting,
} from './__testUtils__/sweptService';
import { administratorOfVault } from './__testUtils__/theVault';

/** All cases take hours: `13` takes every 13th of them, over all k and all kinds of fault, and `2/4` the second of four parts. */
const { MESHWAY_SWEEP = '97', MESHWAY_SWEEP_LANES = '3' } = process.env;
const [part, parts] = MESHWAY_SWEEP.split('/').map(Number);
const every = MESHWAY_SWEEP === 'full' ? 1 : parts ?? part;
const first = parts === undefined ? 1 : part;
const lanes = Number(MESHWAY_SWEEP_LANES);

describe('every request fails', () => {
  // Its own, without an Argo CD: whose part is imitated here, and who would take part in what others see.
  const platform = platformForTests(['kubernetes', 'vault'], { own: true });
  // How long it takes is the machine's business.
  jest.setTimeout(900_000 + Math.ceil(50_000_000 / every));
  let setting: SweepSetting;
  let foreignBefore: unknown;
  const neighbour = 'sweep-neighbour';
  const neighbours = {
    cluster: 'local',
    namespace: neighbour,
    name: neighbour,
  };

  const foreign = async () => [
    await setting.admin.kubernetes.read({
      ...kinds.Namespace,
      name: neighbour,
    }),
    await setting.admin.kubernetes.list(kinds.ServiceAccount, {
      namespace: neighbour,
    }),
    await setting.admin.kubernetes.read({
      ...kinds.Application,
      namespace: 'argocd',
      name: names.argoApplication(neighbours),
    }),
    await administratorOfVault(platform).readRole(
      'kubernetes',
      names.vaultRole(neighbours),
    ),
  ];

  beforeAll(async () => {
    const admin = administrator(platform);
    await admin.makeProject();
    await admin.apply(aForeignNamespace(neighbour));
    await admin.apply(aForeignAccount(neighbour, 'robot'));
    await admin.apply({
      ...kinds.Application,
      metadata: {
        name: names.argoApplication(neighbours),
        namespace: 'argocd',
      },
      spec: { project: PROJECT, destination: {} },
    });
    await administratorOfVault(platform).writeRole(
      'kubernetes',
      names.vaultRole(neighbours),
      {
        boundServiceAccountNames: ['robot'],
        boundServiceAccountNamespaces: [neighbour],
        audience: 'vault',
        tokenPolicies: ['default'],
        tokenTtlSeconds: 60,
        tokenMaxTtlSeconds: 60,
        aliasNameSource: 'serviceaccount_uid',
      },
    );
    setting = {
      platform,
      admin,
      connections: {
        kubernetes: connectionsTo(platform.kubernetes.caFile),
        vault: connectionsTo(),
      },
    };
    foreignBefore = await foreign();
  });
  afterAll(async () => {
    await setting?.connections.kubernetes.destroy();
    await setting?.connections.vault.destroy();
  });

  it.each([
    ['an apply', 'apply', aServiceToBeMade, lanes],
    // A namespace takes at least five seconds to go, in which nobody has anything to do.
    ['a retirement', 'apply', aServiceToBeRetired, lanes * 4],
    [
      'a delivery by git, whose part in the cluster Argo CD has done',
      'gitops',
      aServiceToBeMade,
      lanes,
    ],
    ['a retirement from git', 'gitops', aServiceToBeRetired, lanes * 4],
  ] as const)('of %s', async (what, delivery, aSubject, atOnce) => {
    const began = performance.now();
    const { failures, ...count } = await sweep(
      {
        secrets: [
          tokenOf(platform, 'writer'),
          platform.vault.rootToken,
          platform.vault.portalToken,
          platform.vault.unsealKey,
        ],
        prepare: limits => aSubject(setting, delivery, limits),
      },
      { every, first, lanes: atOnce },
    );
    process.stdout.write(
      `Every request of ${what} fails: ${count.requests} requests, ${
        count.cases
      } cases, struck in ${count.struck}, repeated in ${
        count.repeated
      }, tried again for a slow machine ${count.tooSlow} times, ${
        failures.length
      } failures; ${Math.round((performance.now() - began) / 1000)} s\n`,
    );
    expect(failures).toEqual([]);
    expect(await foreign()).toEqual(foreignBefore);
  });
});
