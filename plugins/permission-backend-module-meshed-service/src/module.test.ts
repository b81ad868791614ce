import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import permissionModule, { MeshedServicePolicy } from './index';

describe('the permission module', () => {
  const start = async (data?: { meshedService: object }) => {
    const setPolicy = jest.fn();
    await startTestBackend({
      extensionPoints: [[policyExtensionPoint, { setPolicy }]],
      features: [
        permissionModule,
        mockServices.rootConfig.factory({ data: { ...data } }),
      ],
    });
    return setPolicy.mock.calls;
  };

  it('sets the policy of the portal', async () => {
    expect(await start()).toEqual([[expect.any(MeshedServicePolicy)]]);
  });

  it('does not start with a platform group that is none, and names the key', async () => {
    await expect(
      start({ meshedService: { governance: { platformGroup: 'user:x' } } }),
    ).rejects.toThrow('meshedService.governance.platformGroup');
  });
});
