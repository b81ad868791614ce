import { platformForTests } from '..';

// Not found by its name: fixture.platform.test.ts runs it, and looks at what a failure leaves.
describe('a platform of one’s own', () => {
  const platform = platformForTests(['prometheus'], { own: true });

  describe('among whose tests', () => {
    it('one passes or fails as it is told', async () => {
      const { ok } = await fetch(`${platform.prometheus.url}/-/ready`);
      expect(ok).toBe(process.env.MESHWAY_SHALL_PASS === 'yes');
    });
  });
});
