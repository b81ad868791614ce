import path from 'node:path';
import type { MeshStatus } from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import {
  aKubeconfig,
  aMeshedWorkload,
  SECRET,
} from './__testUtils__/aMeshedWorkload';
import { aFolder, filesBelow, meshway } from './__testUtils__/meshway';

const folder = aFolder();

describe('meshway status and snapshot of a real cluster', () => {
  const platform = platformForTests(['pods']);
  // Each step starts a process; a busy machine takes its time.
  jest.setTimeout(600_000);
  let workload: Awaited<ReturnType<typeof aMeshedWorkload>>;
  let pods: string[];
  let admin: string[];
  beforeAll(async () => {
    workload = await aMeshedWorkload(platform);
    pods = await workload.running();
    admin = ['--kubeconfig', platform.kubernetes.kubeconfig('admin')];
  }, 600_000);

  const service = () => `${workload.namespace}/web`;
  /** What is answered, but from where and when it was seen. */
  const answers = (out: string) =>
    JSON.parse(out).services.map(
      ({ observedAt, sources, ...rest }: MeshStatus) => ({
        ...rest,
        sources: sources.map(({ kind, freshness }) => [kind, freshness]),
      }),
    );

  it('say the same, one from the cluster and one from the folder, in which no secret is', async () => {
    const snapshot = path.join(folder, 'whole');
    const taken = await meshway(['snapshot', '-o', snapshot, ...admin]);
    const one = ['status', '--service', service(), '--json'];

    const live = await meshway([...one, ...admin]);
    const read = await meshway([...one, '--snapshot', snapshot]);
    const [port] = [['--port', '8080', '--json']];
    const policy = await meshway([
      ...['policy', 'effective', '--snapshot', snapshot, ...port],
      ...['--pod', `${workload.namespace}/${pods[0]}`],
    ]);

    expect(taken).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+ objects in /),
      err: expect.stringMatching(/^Cluster local: https:/),
    });
    expect(answers(read.out)).toEqual(answers(live.out));
    expect(answers(live.out)).toMatchObject([
      { verdict: { kind: 'known', rung: 'enforced' } },
    ]);
    expect([live.code, JSON.parse(policy.out)]).toEqual([
      read.code,
      expect.objectContaining({ found: true, server: expect.anything() }),
    ]);
    expect(
      Object.entries(filesBelow(snapshot))
        .filter(([, text]) => text.includes(SECRET))
        .map(([file]) => file),
    ).toEqual([]);
  });

  it('need rights in no other namespace than the one that is asked about', async () => {
    const alone = await workload.readerOfItAlone(folder);
    const asked = ['--namespace', workload.namespace, '--kubeconfig', alone];
    const snapshot = path.join(folder, 'alone');

    const everywhere = await meshway(['status', '--kubeconfig', alone]);
    const here = await meshway(['status', ...asked, '--json']);
    const taken = await meshway(['snapshot', ...asked, '-o', snapshot]);
    const read = await meshway(['status', '-s', snapshot, '--json']);
    const elsewhere = await meshway([
      ...['status', '-s', snapshot, '--service', 'other/web'],
    ]);

    expect(everywhere).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(
        /Nothing may be read in all namespaces of cluster local: .+ name it with --namespace/,
      ),
    });
    expect(answers(here.out)).toMatchObject([
      {
        service: { namespace: workload.namespace, name: 'web' },
        verdict: { kind: 'known', rung: 'enforced' },
      },
    ]);
    expect(answers(read.out)).toEqual(answers(here.out));
    expect([taken.out, elsewhere.out]).toEqual([
      expect.stringMatching(/^\d+ objects in /),
      expect.stringContaining(
        `nothing but namespace ${workload.namespace} is read`,
      ),
    ]);
  });

  it('go on with --watch, say a change when it happens, and end with ctrl-C', async () => {
    const alone = await workload.readerOfItAlone(folder);
    let isChanged = false;
    const rungs = (out: string) =>
      out
        .split('\n')
        .filter(Boolean)
        .map(line => JSON.parse(line).status.verdict.rung);

    const watched = await meshway(
      [
        ...['status', '--service', service(), '--kubeconfig', alone],
        ...['--watch', '--json'],
      ],
      {
        onOut: (out, interrupt) => {
          const last = rungs(out.slice(0, out.lastIndexOf('\n') + 1)).at(-1);
          if (last === 'enforced' && !isChanged) {
            isChanged = true;
            workload.setPolicy('audit').catch(interrupt);
          }
          if (last === 'audit') interrupt();
        },
      },
    );
    await workload.setPolicy('deny');

    const seen = rungs(watched.out);
    expect([seen[0], seen.at(-1)]).toEqual(['enforced', 'audit']);
    expect(watched.code).not.toBeNull();
    expect([0, 1, 3]).toContain(watched.code);
    expect(watched.err).toMatch(/^Cluster local: .+\nStopping/);
  });

  it.each([
    [
      'an unknown context',
      () => [...admin, '--context', 'nowhere'],
      2,
      /no usable context "nowhere"; name one of .+ in --context\n$/,
    ],
    [
      'an address where nobody answers',
      () => ['--kubeconfig', configOf({ server: 'https://127.0.0.1:1' })],
      5,
      /ECONNREFUSED|refused|answers/,
    ],
    [
      'credentials that are none any more',
      () => ['--kubeconfig', configOf({ token: 'expired' })],
      5,
      /does not accept the credentials: they are wrong or have expired/,
    ],
  ])('answer %s with one sentence', async (_, options, code, words) => {
    const ran = await meshway(['status', ...options()]);
    expect(ran).toEqual({ code, out: '', err: expect.stringMatching(words) });
    expect(ran.err.trim().split('\n')).toHaveLength(1);
  });

  const configOf = (change: { server?: string; token?: string }) =>
    aKubeconfig(platform, path.join(folder, 'other.yaml'), {
      token: platform.kubernetes.admin,
      ...change,
    });
});
