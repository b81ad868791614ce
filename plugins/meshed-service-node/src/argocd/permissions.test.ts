import { permitsDestination, permitsKind, permitsSource } from './permissions';

describe('permitsSource', () => {
  const address = 'https://github.com/acme/pay.git';
  it.each<[string, string[], boolean]>([
    ['nothing', [], false],
    ['everything', ['*'], true],
    ['the very repository', ['https://github.com/acme/pay'], true],
    ['it in other letters', ['https://GitHub.com/Acme/Pay.git'], true],
    ['all of its owner', ['https://github.com/acme/*'], true],
    ['one folder less', ['https://github.com/*'], false],
    ['all below', ['https://github.com/**'], true],
    [
      'one of two, which is no address',
      ['https://github.com/acme/{pay,risk}'],
      false,
    ],
    ['one of some letters', ['https://github.com/acme/[a-p]ay'], true],
    ['another', ['https://github.com/acme/risk'], false],
    ['everything but it', ['*', '!https://github.com/acme/pay'], false],
    ['everything but another', ['!https://github.com/acme/risk'], true],
    ['it, and then not', ['https://github.com/acme/pay', '!**'], false],
    ['it, and then no bare name', ['https://github.com/acme/pay', '!*'], true],
  ])('where the project permits %s', (_, sourceRepos, permitted) => {
    expect(permitsSource({ sourceRepos }, address)).toBe(permitted);
  });

  it('takes both ways to write an ssh address for one', () => {
    const sourceRepos = ['git@github.com:acme/*'];
    expect(
      permitsSource({ sourceRepos }, 'ssh://git@github.com/acme/pay.git'),
    ).toBe(true);
  });
});

describe('permitsDestination', () => {
  const here = 'https://kubernetes.default.svc';
  const away = 'https://eu-1.acme.example:6443';
  const to = (server: string, namespace: string, name = '') => ({
    server,
    namespace,
    name,
  });
  it.each<[string, ReturnType<typeof to>[], string, boolean | 'unknown']>([
    ['nothing', [], here, false],
    ['everything', [to('*', '*')], here, true],
    ['the namespace', [to(here, 'pay')], here, true],
    ['namespaces of a kind', [to(here, 'p*')], here, true],
    ['another namespace', [to(here, 'risk')], here, false],
    ['another server', [to(here, 'pay')], away, false],
    ['this cluster by its name', [to('', 'pay', 'in-cluster')], here, true],
    ['another by its name', [to('', 'pay', 'eu-1')], here, false],
    [
      'one that only a name could tell',
      [to('', 'pay', 'eu-1')],
      away,
      'unknown',
    ],
    ['all but the namespace', [to('*', '*'), to('*', '!pay')], here, false],
    ['all but another', [to('*', '!kube-system')], here, true],
    ['all but the server', [to('*', '*'), to(`!${away}`, '*')], away, false],
    [
      'all but the name',
      [to('*', '*'), to('', '*', '!in-cluster')],
      here,
      false,
    ],
  ])('where the project permits %s', (_, destinations, server, permitted) => {
    expect(
      permitsDestination({ destinations }, { server, namespace: 'pay' }),
    ).toBe(permitted);
  });
});

describe('permitsKind', () => {
  const nothingSaid = {
    clusterAllowed: [],
    clusterDenied: [],
    namespacedAllowed: undefined,
    namespacedDenied: [],
  };
  const policies = { group: 'policy.linkerd.io', kind: '*' };
  const server = {
    group: 'policy.linkerd.io',
    kind: 'Server',
    namespaced: true,
  };
  const namespace = { group: '', kind: 'Namespace', namespaced: false };
  it.each([
    ['namespaced kinds unless it says otherwise', {}, server, true],
    ['no cluster-wide kind unless it says so', {}, namespace, false],
    [
      'a cluster-wide kind that it names',
      { clusterAllowed: [{ group: '', kind: 'Namespace' }] },
      namespace,
      true,
    ],
    [
      'no kind that is on both lists',
      {
        clusterAllowed: [{ group: '*', kind: '*' }],
        clusterDenied: [{ group: '', kind: 'Name*' }],
      },
      namespace,
      false,
    ],
    ['kinds of a group', { namespacedAllowed: [policies] }, server, true],
    ['none with an empty list', { namespacedAllowed: [] }, server, false],
    ['none of a denied group', { namespacedDenied: [policies] }, server, false],
  ])('permits %s', (_, change, wanted, permitted) => {
    expect(permitsKind({ ...nothingSaid, ...change }, wanted)).toBe(permitted);
  });
});
