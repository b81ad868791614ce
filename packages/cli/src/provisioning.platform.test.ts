import { annotations, kinds } from '@meshway/plugin-meshed-service-common';
import { platformForTests, type TestPlatform } from '@meshway/test-platform';
import { aCommandLine } from './__testUtils__/aCommandLine';
import { aFolder } from './__testUtils__/meshway';

const folder = aFolder();

describe('meshway on a real API server, Vault and Argo CD', () => {
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
  /** Versions of everything of a service: none moves where nothing is written. */
  const versions = async (name: string) => {
    const paths = [
      '/api/v1',
      '/apis/rbac.authorization.k8s.io/v1',
      '/apis/networking.k8s.io/v1',
      '/apis/policy.linkerd.io/v1beta3',
      '/apis/policy.linkerd.io/v1alpha1',
    ];
    const plurals = [
      ['serviceaccounts'],
      ['roles', 'rolebindings'],
      ['networkpolicies'],
      ['servers'],
      ['authorizationpolicies', 'meshtlsauthentications'],
    ];
    const listed = await Promise.all(
      paths.flatMap((path, index) =>
        plurals[index].map(plural =>
          server.send('GET', `${path}/namespaces/${name}/${plural}`),
        ),
      ),
    );
    return listed.flatMap(({ body }) =>
      (
        body as { items: Array<{ metadata: Record<string, string> }> }
      ).items.map(({ metadata }) => [metadata.name, metadata.resourceVersion]),
    );
  };
  const aServer = (name: string, accessPolicy: string) => ({
    ...kinds.Server,
    metadata: { name: `${name}.http`, namespace: name },
    spec: { accessPolicy },
  });

  it('makes, verifies, moves and retires a service that it writes itself', async () => {
    const name = platform.newNamespaceName('shop');
    const delivery = { mode: 'apply', repository: name, project: 'shop-apply' };
    const file = line.ask(name, { secrets, delivery });
    const write = [...line.author, '--yes'];

    const planned = await line.withForge('plan', file);
    expect(planned).toMatchObject({ code: 4, err: '' });
    expect(planned.out).toMatch(
      new RegExp(
        `^Cluster local: https://127\\.0\\.0\\.1:\\d+ \\(context .+, as .+\\)\nVault: http://.+\nlocal/${name}/${name} of group:default/shop, delivered by apply\n  \\+ create    Namespace ${name}\n`,
      ),
    );
    expect(planned.out).toMatch(/\nPlan: \d+ to create\.\n$/);

    const unasked = await line.withForge('apply', file, ...line.author);
    expect(unasked).toMatchObject({
      code: 2,
      err: 'Nobody is here to be asked, and nothing was written; add --yes to agree beforehand\n',
    });
    expect(await server.read({ ...kinds.Namespace, metadata: { name } })).toBe(
      undefined,
    );

    const applied = await line.withForge('apply', file, ...write);
    expect([applied.code, applied.out]).toEqual([
      0,
      expect.stringMatching(
        /\n {2}\+ created {3}VaultRole .+\n(.*\n)*Done\.\n$/,
      ),
    ]);
    expect(applied.err).toContain(`… Writing Namespace ${name}\n`);

    const quiet = await line.withForge('plan', file);
    expect([quiet.code, quiet.out]).toEqual([
      0,
      expect.stringMatching(/\nThere is nothing to do\.\n$/),
    ]);
    const before = await versions(name);
    const again = await line.withForge('apply', file, ...write);
    expect([again.code, again.out]).toEqual([
      0,
      expect.stringMatching(/\nThere is nothing to do\.\n$/),
    ]);
    expect(before.length).toBeGreaterThan(6);
    expect(await versions(name)).toEqual(before);

    const changed = line.ask(`${name}-changed`, {
      name,
      secrets,
      delivery,
      clients: [{ namespace: 'shop', serviceAccount: 'checkout' }],
    });
    const difference = await line.withForge('plan', changed);
    expect(difference.out).toMatch(
      /~ change {4}MeshTLSAuthentication .+\n +spec\.identityRefs\[0\]\.name: "frontend" → "checkout"\n/,
    );

    const noReason = await line.withForge('phase', 'audit', file, ...write);
    expect([noReason.code, noReason.err]).toEqual([
      2,
      '--reason: say why observe may become audit; there is no evidence from traffic that nobody is cut off\n',
    ]);
    const ahead = line.ask(`${name}-ahead`, {
      ...{ name, secrets, delivery, phase: 'audit' },
    });
    const stillNone = await line.withForge('phase', 'audit', ahead, ...write);
    expect([stillNone.code, stillNone.err]).toEqual([2, noReason.err]);
    const moved = await line.withForge(
      ...['phase', 'audit', file, '--reason', 'Seen for a week', ...write],
    );
    expect([moved.code, moved.out]).toEqual([
      0,
      expect.stringMatching(/\n {2}phase observe → audit: Seen for a week\n/),
    ]);
    const audited = line.ask(name, { secrets, delivery, phase: 'audit' });
    const waiting = await line.withForge('verify', audited, '--wait', '900');
    expect([waiting.code, waiting.out]).toEqual([
      3,
      expect.stringMatching(
        /: progressing\n(.*\n)* {2}! progressing mesh: Audit is promised\. .+\n +Restart the workload: /,
      ),
    ]);
    await server.send('DELETE', `/api/v1/namespaces/${name}/pods`);
    const verified = await line.withForge('verify', audited, '--wait', '900');
    expect([verified.code, verified.out]).toEqual([
      0,
      expect.stringMatching(
        new RegExp(
          `local/${name}/${name}: ok\n(.*\n)* {2}= ok {8}mesh: Audit\\.`,
        ),
      ),
    ]);

    const service = `local/${name}/${name}`;
    const going = await line.withForge('retire', service, '--plan');
    expect([going.code, going.out]).toEqual([
      4,
      expect.stringMatching(
        / {2}· left {6}Namespace .+ secrets(.*\n)*This cannot be undone\.\n$/,
      ),
    ]);
    const confirm = ['--confirm-namespace', name];
    const retired = await line.withForge(
      ...['retire', service, ...confirm, ...write],
    );
    expect([retired.code, retired.err, retired.out]).toEqual([
      0,
      expect.stringContaining(`… Deleting Namespace ${name}`),
      expect.stringMatching(/\nDone\.\n$/),
    ]);
    const gone = await line.withForge('retire', service, ...write);
    expect([gone.code, gone.err]).toEqual([
      1,
      expect.stringMatching(/^Nobody holds local\/.+--owner\.\n$/),
    ]);
    const sure = await line.withForge(
      ...['retire', service, '--owner', 'group:default/shop', ...write],
    );
    expect(sure.code).toBe(0);
  });

  it('names whoever wrote a field, and takes it only by force, only back', async () => {
    const name = platform.newNamespaceName('shop');
    const delivery = { mode: 'apply', repository: name, project: 'shop-apply' };
    const file = line.ask(name, { delivery, phase: 'audit' });
    const write = [...line.author, '--yes'];
    await line.withForge('apply', file, ...write);
    await server.apply(aServer(name, 'deny'));

    const planned = await line.withForge('plan', file);
    expect([planned.code, planned.out]).toEqual([
      1,
      expect.stringMatching(
        /! conflict {2}Server .+\n +spec\.accessPolicy was written by test-platform\n(.*\n)*Refused: 1 problem\. Nothing was written\.\n$/,
      ),
    ]);
    const before = await versions(name);
    const applied = await line.withForge('apply', file, ...write);
    expect(applied.code).toBe(1);
    const timid = await line.withForge('phase', 'observe', file, ...write);
    expect(timid.code).toBe(1);
    expect(await versions(name)).toEqual(before);

    const forced = await line.withForge(
      ...['phase', 'observe', file, '--force', ...write],
    );
    expect([forced.code, forced.out]).toEqual([
      0,
      expect.stringContaining('spec.accessPolicy was taken from test-platform'),
    ]);
    expect(await server.read(aServer(name, ''))).toMatchObject({
      spec: { accessPolicy: 'all-unauthenticated' },
    });
  });

  it('refuses a name that is held, and names the holder', async () => {
    const name = platform.newNamespaceName('shop');
    const theirs = {
      ...kinds.Namespace,
      metadata: {
        name,
        annotations: { [annotations.owner]: 'group:default/checkout' },
      },
    };
    await server.apply(theirs);
    const delivery = { mode: 'apply', repository: name, project: 'shop-apply' };
    const file = line.ask(name, { delivery });

    const ran = await line.withForge('apply', file, '--yes', ...line.author);
    expect([ran.code, ran.out]).toEqual([
      1,
      expect.stringMatching(
        /name-taken \(kubernetes\): Namespace .+ belongs to group:default\/checkout/,
      ),
    ]);
    const retired = await line.withForge(
      ...['retire', `local/${name}/${name}`, '--yes', ...line.author],
      ...['--owner', 'group:default/shop'],
    );
    expect([retired.code, retired.out]).toEqual([
      1,
      expect.stringContaining('belongs to group:default/checkout'),
    ]);
    expect(await server.read(theirs)).toMatchObject(theirs);
  });

  it('hands a service over when it is told who holds it', async () => {
    const name = platform.newNamespaceName('shop');
    const delivery = { mode: 'apply', repository: name, project: 'shop-apply' };
    const ask = (owner: string, ...options: string[]) =>
      line.withForge(
        ...['apply', line.ask(name, { owner, delivery }), '--yes'],
        ...[...line.author, '--wait', '0', ...options],
      );
    const owner = async () =>
      (await server.read({ ...kinds.Namespace, metadata: { name } }))?.metadata
        .annotations?.[annotations.owner];

    await ask('shop');
    expect([(await ask('checkout')).code, await owner()]).toEqual([
      1,
      'group:default/shop',
    ]);
    await ask('checkout', '--transfer-from', 'group:default/shop');
    expect(await owner()).toBe('group:default/checkout');
    expect((await ask('checkout')).code).toBe(0);
  });

  it('stops at a clean place when it is interrupted, and finishes when it is repeated', async () => {
    const name = platform.newNamespaceName('shop');
    const delivery = { mode: 'apply', repository: name, project: 'shop-apply' };
    const file = line.ask(name, { secrets, delivery });
    const args = ['apply', file, '--yes', ...line.author, '-c', line.config];
    let interrupted = false;

    const stopped = await line.run(args, {
      onNote: (text, interrupt) => {
        if (interrupted || !text.includes('Writing NetworkPolicy')) return;
        interrupted = true;
        interrupt();
      },
    });
    expect([stopped.code, stopped.err]).toEqual([
      130,
      expect.stringMatching(
        /\nInterrupted\. What was written stays.+ repeat the command to finish.+\n$/,
      ),
    ]);
    expect(stopped.err).not.toContain('Writing Server');
    const half = await line.withForge('plan', file);
    expect([half.code, half.out]).toEqual([
      4,
      expect.stringMatching(/\nPlan: \d+ to create.*, \d+ unchanged\.\n$/),
    ]);
    const finished = await line.run(args);
    const after = await line.withForge('plan', file);
    expect([finished.code, after.code]).toEqual([0, 0]);
  });

  it('says what the credentials may not do, before anything is written', async () => {
    const name = platform.newNamespaceName('shop');
    const delivery = { mode: 'apply', repository: name, project: 'shop-apply' };
    const file = line.ask(name, { secrets, delivery });
    const reader = platform.kubernetes.kubeconfig('reader');

    const ran = await line.withForge(
      ...['apply', file, '--yes', ...line.author, '--kubeconfig', reader],
    );
    expect([ran.code, ran.out]).toEqual([
      1,
      expect.stringMatching(
        /permission-missing \(kubernetes\): The credentials for cluster local may not create namespaces\./,
      ),
    ]);
    const noToken = await line.run(['plan', file, '-c', line.config], {
      env: { VAULT_TOKEN: 'wrong' },
    });
    expect([noToken.code, noToken.out]).toEqual([
      5,
      expect.stringContaining(
        'does not accept the token: it is wrong, or has expired. Renew it with `vault login`',
      ),
    ]);
    const twoWords = await line.run(['plan', file, '-c', line.config], {
      env: { VAULT_TOKEN: 'two words' },
    });
    expect([twoWords.code, twoWords.err]).toEqual([
      2,
      'VAULT_TOKEN is no token; it is empty, has spaces or line breaks inside, or characters that no token has\n',
    ]);
    expect(await server.read({ ...kinds.Namespace, metadata: { name } })).toBe(
      undefined,
    );
  });
});
