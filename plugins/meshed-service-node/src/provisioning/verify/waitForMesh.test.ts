import { writeFile } from 'node:fs/promises';
import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  defaultPlatform,
  KubernetesObject,
  renderBundle,
  serviceRefOf,
} from '@meshway/plugin-meshed-service-common';
import {
  aMeshedServiceSpec,
  aNamespace,
  aPod,
  aServer,
  aService,
} from '@meshway/plugin-meshed-service-common/testUtils';
import { MeshStatuses } from '../../status';
import { waitForMesh } from './waitForMesh';

describe('waitForMesh', () => {
  const directory = createMockDirectory();
  beforeEach(() => directory.clear());

  /** Every look is a second after the one before; in between, something happens in the cluster. */
  async function waiting(
    wanted: string | { phase: string; workload: object },
    ...seen: ReadonlyArray<readonly KubernetesObject[]>
  ) {
    const asked = typeof wanted === 'string' ? { phase: wanted } : wanted;
    const steps: string[] = [];
    let seconds = 0;
    const spec = aMeshedServiceSpec({ ...aService, ...asked });
    const show = () => writeSeen(seen[Math.min(seconds, seen.length - 1)]);
    await show();
    const found = await waitForMesh(
      { spec, holder: { service: serviceRefOf(spec), owner: spec.owner } },
      {
        statuses: MeshStatuses.create({
          clusters: [{ name: 'local', snapshot: directory.path }],
          platform: defaultPlatform,
          now: () => '2026-12-31T10:00:00Z',
        }),
        clock: {
          now: () => seconds * 1000,
          random: () => 0,
          sleep: async () => {
            seconds += 1;
            await show();
          },
        },
      },
      { waitSeconds: 60, onStep: step => steps.push(step) },
    );
    const { state, fix } = { ...found?.mesh };
    return { state, fix, timedOut: found?.timedOut, seconds, steps };
  }

  const writeSeen = (objects: readonly KubernetesObject[]) =>
    writeFile(
      directory.resolve('seen.json'),
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
    );

  const auditing = aServer('web.http', { spec: { accessPolicy: 'audit' } });
  const open = aServer('web.http', {
    spec: { accessPolicy: 'all-unauthenticated' },
  });

  it('promises nothing where nothing is to run', async () => {
    const { workload } = aMeshedServiceSpec();
    const { state, seconds, steps } = await waiting(
      { phase: 'enforce', workload: { ...workload, replicas: 0 } },
      [],
    );
    expect([state, seconds, steps]).toEqual([
      undefined,
      0,
      [expect.stringMatching(/^mesh: no replicas are asked for/)],
    ]);
  });

  it.each([
    ['observe', open],
    ['observe', aServer()],
    ['audit', auditing],
    ['enforce', aServer()],
  ])(
    'is content with %s, once the watch had time to see what was rendered',
    async (phase, server) => {
      const { state, seconds } = await waiting(phase, [aPod(), server]);
      expect([state, seconds]).toEqual(['ok', 10]);
    },
  );

  it('is content at once where what was rendered is seen', async () => {
    const spec = aMeshedServiceSpec({ ...aService, phase: 'enforce' });
    const { state, seconds } = await waiting('enforce', [
      ...renderBundle(spec, defaultPlatform).objects,
      aPod('web-1', {
        annotations: { 'config.linkerd.io/default-inbound-policy': 'deny' },
      }),
    ]);
    expect([state, seconds]).toEqual(['ok', 0]);
  });

  it('waits until the mesh does what was asked for, and says what it waits for', async () => {
    expect(
      await waiting('enforce', [open], [aPod(), auditing], [aPod(), aServer()]),
    ).toEqual({
      state: 'ok',
      fix: undefined,
      timedOut: false,
      seconds: 10,
      steps: [
        expect.stringMatching(/^mesh: Enforced is promised\. .*MSC001: No pod/),
        expect.stringMatching(/^mesh: Enforced is promised\. Audit\./),
        expect.stringMatching(/^mesh: Enforced\./),
      ],
    });
  });

  it('names the restart that pods need, and waits for it no longer than half a minute', async () => {
    const asked = aNamespace({
      annotations: {
        'linkerd.io/inject': 'enabled',
        'config.linkerd.io/default-inbound-policy': 'deny',
      },
    });
    const { state, fix, timedOut, seconds } = await waiting('enforce', [
      asked,
      aPod('web-1', {
        annotations: {
          'config.linkerd.io/default-inbound-policy': 'all-unauthenticated',
        },
      }),
      aServer(),
    ]);
    expect([state, timedOut, seconds]).toEqual(['progressing', false, 30]);
    expect(fix).toMatch(/Restart the workload/);
  });

  it('does not take audit for what enforces still, nor the unseen for anything', async () => {
    const stricter = await waiting('audit', [aPod(), aServer()]);
    const unseen = await waiting('enforce', []);
    expect([stricter.state, stricter.seconds, unseen.state]).toEqual([
      'progressing',
      60,
      'unknown',
    ]);
  });
});
