import { platformForTests, type TestPlatform } from '@meshway/test-platform';
import { aCommandLine } from './__testUtils__/aCommandLine';
import { aFolder } from './__testUtils__/meshway';

const folder = aFolder();

describe('meshway with a service that is delivered by git', () => {
  const platform = platformForTests(['kubernetes', 'argocd', 'vault']);
  // Each step starts a process, and Argo CD takes its time.
  jest.setTimeout(3_600_000);
  let line: ReturnType<typeof aCommandLine>;
  let server: TestPlatform['kubernetes']['server'];
  beforeAll(() => {
    line = aCommandLine(platform, folder);
    server = platform.kubernetes.server;
  });

  const secrets = { delivery: 'vso', paths: ['database'] };

  it('delivers by git, proposes what changes, and gives the name up at the end', async () => {
    const name = platform.newNamespaceName('shop');
    const delivery = { mode: 'gitops', repository: name, project: 'shop' };
    const file = line.ask(name, { secrets, delivery });
    const write = [...line.author, '--yes'];

    const alone = await line.run(['apply', file, ...write]);
    expect([alone.code, alone.out, alone.err]).toEqual([
      2,
      '',
      expect.stringMatching(
        /^delivery: in gitops .+ --config app-config\.yaml/,
      ),
    ]);
    const planned = await line.withForge('plan', file, '--json');
    expect([planned.code, JSON.parse(planned.out)]).toEqual([
      4,
      expect.objectContaining({ outcome: 'create', problems: [] }),
    ]);

    const applied = await line.withForge('apply', file, '--json', ...write);
    expect(applied.code).toBe(0);
    expect(JSON.parse(applied.out)).toMatchObject({
      plan: { outcome: 'create' },
      receipt: {
        outcome: 'written',
        by: 'user:command-line/ada',
        repository: { name },
      },
    });
    const verified = await line.withForge('verify', file, '--wait', '900');
    expect([verified.code, verified.out]).toEqual([
      0,
      expect.stringContaining(': ok\n'),
    ]);
    const again = await line.withForge('apply', file, ...write);
    expect([again.code, again.out]).toEqual([
      0,
      expect.stringMatching(/\nThere is nothing to do\.\n$/),
    ]);

    const proposed = await line.withForge(
      ...['phase', 'audit', file, '--reason', 'Seen for a week', ...write],
    );
    expect([proposed.code, proposed.out]).toEqual([
      0,
      expect.stringMatching(
        /\nProposed; it holds once the change is merged\.\n$/,
      ),
    ]);
    const repositories = ['-r', line.repositories];
    const list = ['change', 'list', '--repository', name, ...repositories];
    const [{ id }] = JSON.parse((await line.run([...list, '--json'])).out);
    await line.run([
      ...['change', 'merge', name, id, ...repositories, ...line.author],
    ]);
    const audited = line.ask(name, { secrets, delivery, phase: 'audit' });
    const pending = await line.withForge('verify', audited, '--wait', '900');
    expect([pending.code, pending.out]).toEqual([
      3,
      expect.stringMatching(/ {2}! progressing mesh: (.*\n)* +Restart the /),
    ]);
    await server.send('DELETE', `/api/v1/namespaces/${name}/pods`);
    const after = await line.withForge('verify', audited, '--wait', '900');
    expect([after.code, after.out]).toEqual([
      0,
      expect.stringContaining(': ok\n'),
    ]);

    const otherwise = line.ask(name, {
      secrets,
      delivery,
      phase: 'audit',
      clients: [{ namespace: 'shop', serviceAccount: 'checkout' }],
    });
    const change = await line.withForge('apply', otherwise, ...write);
    expect([change.code, change.out]).toEqual([
      0,
      expect.stringMatching(
        /\nRepository .+: proposed as .+ once it is merged\.\n$/,
      ),
    ]);

    const retired = await line.withForge(
      ...['retire', `local/${name}/${name}`, '--wait', '900'],
      ...['--confirm-namespace', name, ...write],
    );
    expect([retired.code, retired.out]).toEqual([
      0,
      expect.stringMatching(/- deleted {3}ServiceClaim(.*\n)*Done\.\n$/),
    ]);
  });
});
