import type { TestPlatform } from '@meshway/test-platform';
import { aRequestFor, provisioningOn } from './aCluster';
import { administrator } from './anAdministrator';
import { FaultProxy, FaultRun } from './faultProxy';

/**
 * A cluster whose requests go through a proxy, which writes them down, with a project that lets everything in. Called in a
 * `describe`; there is something behind it once the tests run.
 */
export function aWatchedCluster(platform: TestPlatform) {
  let proxy: FaultProxy | undefined;
  let admin: ReturnType<typeof administrator> | undefined;
  beforeAll(async () => {
    admin = administrator(platform);
    await admin.makeProject();
    const { url, caFile } = platform.kubernetes;
    proxy = await FaultProxy.before(url, caFile);
  });
  afterAll(() => proxy?.close());
  const there = <Thing>(thing: Thing | undefined): Thing => {
    if (thing) return thing;
    throw new Error('There is a cluster once the tests run.');
  };
  return {
    get proxy() {
      return there(proxy);
    },
    get admin() {
      return there(admin);
    },
    /** A service of its own for each test; what was written down before is forgotten. */
    aService(
      fields: object = {},
      settings: Parameters<typeof provisioningOn>[1] = {},
    ) {
      const name = platform.newNamespaceName('cart');
      there(proxy).run = new FaultRun();
      there(proxy).meddle = async () => undefined;
      return {
        name,
        request: aRequestFor(name, fields),
        ...provisioningOn(platform, {
          withVault: false,
          kubernetesUrl: there(proxy).url,
          ...settings,
        }),
      };
    },
  };
}
