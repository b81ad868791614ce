import { platformForTests } from '@meshway/test-platform';
import { tokenOf } from './__testUtils__/aCluster';
import { administrator } from './__testUtils__/anAdministrator';
import { connectionsTo } from './__testUtils__/faultProxy';
import { sweep } from './__testUtils__/sweep';
import {
  aServiceToBeMade,
  aServiceToBeRetired,
  aServiceToBeRetiredAmongOthers,
  SweepSetting,
} from './__testUtils__/sweptService';
import { administratorOfVault } from './__testUtils__/theVault';

/** All cases take hours: `13` takes every 13th of them, over all k and all kinds of fault, and `2/4` the second of four parts. */
const { MESHWAY_SWEEP, MESHWAY_SWEEP_LANES = '3' } = process.env;
function extentOf(text: string) {
  const [part, parts] = text.split('/').map(Number);
  return {
    every: text === 'full' ? 1 : parts ?? part,
    first: parts === undefined ? 1 : part,
  };
}
/** Enough to meet every kind of fault, once and with all repetitions. */
const ofMakings = extentOf(MESHWAY_SWEEP ?? '44');
const ofRetirements = extentOf(MESHWAY_SWEEP ?? '97');
const lanes = Number(MESHWAY_SWEEP_LANES);

describe('every request fails', () => {
  // Its own, without an Argo CD: whose part is imitated here, and who would take part in what others see.
  const platform = platformForTests(['kubernetes', 'vault'], { own: true });
  // How long it takes is the machine's business.
  jest.setTimeout(900_000 + Math.ceil(50_000_000 / ofMakings.every));
  let setting: SweepSetting;

  beforeAll(async () => {
    const admin = administrator(platform);
    await admin.makeProject();
    setting = {
      platform,
      admin,
      vault: administratorOfVault(platform),
      connections: {
        kubernetes: connectionsTo(platform.kubernetes.caFile),
        vault: connectionsTo(),
      },
    };
  });
  afterAll(async () => {
    await setting?.vault.close();
    await setting?.connections.kubernetes.destroy();
    await setting?.connections.vault.destroy();
  });

  it.each([
    ['an apply', 'apply', aServiceToBeMade, lanes, ofMakings],
    // A namespace takes at least five seconds to go, in which nobody has anything to do.
    ['a retirement', 'apply', aServiceToBeRetired, lanes * 4, ofRetirements],
    [
      'a delivery by git, whose part in the cluster Argo CD has done',
      'gitops',
      aServiceToBeMade,
      lanes,
      ofMakings,
    ],
    [
      'a retirement from git',
      'gitops',
      aServiceToBeRetired,
      lanes * 4,
      ofRetirements,
    ],
    [
      'a retirement that leaves the namespace to others',
      'apply',
      aServiceToBeRetiredAmongOthers,
      lanes,
      // Much of it is a retirement like the others.
      { ...ofRetirements, every: Math.max(ofRetirements.every, 97) },
    ],
  ] as const)('of %s', async (what, delivery, aSubject, atOnce, cases) => {
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
      { ...cases, lanes: atOnce },
    );
    process.stdout.write(
      `Every request of ${what} fails: ${count.requests} requests, ${
        count.cases
      } cases in ${count.ways} of 12 ways, struck in ${
        count.struck
      }, beyond what a shorter wait had in ${count.beyond}, repeated in ${
        count.repeated
      }, tried again for a slow machine ${count.tooSlow} times, ${
        failures.length
      } failures; ${Math.round((performance.now() - began) / 1000)} s\n`,
    );
    expect(failures).toEqual([]);
    expect({ ways: count.ways, reached: count.struck + count.beyond }).toEqual({
      ways: Math.min(12, count.cases),
      reached: count.cases,
    });
  });
});
