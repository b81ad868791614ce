import { ConfigReader } from '@backstage/config';
import { defaultPlatform } from '@meshway/plugin-meshed-service-common';
import { JsonObject } from '@backstage/types';
import { defaultRequestLimits, Secret } from '../http';
import { readMeshedServiceConfig } from './readMeshedServiceConfig';

const read = (meshedService?: JsonObject, rest: JsonObject = {}) =>
  readMeshedServiceConfig(
    new ConfigReader({ ...(meshedService ? { meshedService } : {}), ...rest }),
    { root: '/portal' },
  );

const refusal = (meshedService: JsonObject): string => {
  try {
    read(meshedService);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : '';
  }
  return 'accepted';
};

describe('readMeshedServiceConfig', () => {
  it('needs nothing to be written', () => {
    expect(read()).toEqual({
      platform: defaultPlatform,
      clusters: [],
      timeouts: defaultRequestLimits,
      rateLimits: { writesPerMinute: 60, plansPerMinute: 120 },
      statuses: { permissionSeconds: 10, notifyAfterSeconds: 120 },
      guardrails: { pack: '/portal/infra/guardrails' },
      skeletons: [
        { name: 'meshed-service', path: '/portal/skeleton/meshed-service' },
      ],
      forge: {
        kind: 'local',
        path: '/portal/.meshway/repositories',
        registry: 'meshway-registry',
      },
      governance: { platformGroup: 'group:default/platform' },
      appBaseUrl: 'http://localhost:3000',
    });
  });

  it('takes every setting', () => {
    expect(
      read(
        {
          platform: {
            mesh: {
              controlPlaneNamespace: 'linkerd-2',
              trustDomain: 'prod.acme.example',
              cni: false,
              clusterNetworks: ['10.1.0.0/16'],
              probeNetworks: ['10.2.0.0/16', 'fd00::/8'],
            },
            prometheus: {
              namespace: 'metrics',
              serviceAccount: 'prometheus',
            },
            vault: {
              namespace: 'secrets',
              address: 'https://vault.acme.example',
              authMount: 'kubernetes/eu-1',
              kvMount: 'secret',
              audience: 'https://vault.acme.example',
              policyPerService: true,
              tokenTtlSeconds: 600,
            },
            argocd: {
              namespace: 'gitops',
              destinationServer: 'https://eu-1.acme.example:6443',
            },
            forge: { repositoryUrl: 'ssh://git@git.acme.example/{repository}' },
          },
          clusters: [
            { name: 'eu-1', snapshot: 'examples/observed' },
            { name: 'eu-2' },
            {
              name: 'eu-3',
              kubeconfig: { file: 'kubeconfig', context: 'admin@eu-3' },
            },
            {
              name: 'eu-4',
              url: 'https://eu-4.acme.example:6443',
              caFile: '/etc/ca.crt',
              tokenFile: '/run/token',
            },
            {
              name: 'eu-5',
              url: 'http://127.0.0.1:8001',
              caData: 'TUk=',
              serviceAccountToken: 'hunter2',
            },
          ],
          vault: {
            address: 'https://vault.acme.example:8200/',
            caFile: 'vault.crt',
            namespace: 'platform',
            kubernetesAuth: { role: 'portal', mount: 'kubernetes/eu-1' },
          },
          timeouts: { requestMilliseconds: 300, attempts: 2 },
          rateLimits: { writesPerMinute: 5 },
          guardrails: { pack: '/etc/guardrails' },
          skeletons: [{ name: 'java', path: 'skeleton/java' }],
          forge: {
            kind: 'github',
            github: { host: 'ghe.acme.example', owner: 'acme' },
            registry: 'registry',
          },
          governance: { platformGroup: 'platform-team' },
        },
        { app: { baseUrl: 'https://portal.acme.example/' } },
      ),
    ).toEqual({
      platform: {
        mesh: {
          controlPlaneNamespace: 'linkerd-2',
          trustDomain: 'prod.acme.example',
          cni: false,
          clusterNetworks: ['10.1.0.0/16'],
          probeNetworks: ['10.2.0.0/16', 'fd00::/8'],
        },
        prometheus: { namespace: 'metrics', serviceAccount: 'prometheus' },
        vault: {
          namespace: 'secrets',
          address: 'https://vault.acme.example',
          authMount: 'kubernetes/eu-1',
          kvMount: 'secret',
          audience: 'https://vault.acme.example',
          policyPerService: true,
          tokenTtlSeconds: 600,
        },
        argocd: {
          namespace: 'gitops',
          destinationServer: 'https://eu-1.acme.example:6443',
        },
        forge: { repositoryUrl: 'ssh://git@git.acme.example/{repository}' },
      },
      clusters: [
        { name: 'eu-1', snapshot: '/portal/examples/observed' },
        { name: 'eu-2' },
        {
          name: 'eu-3',
          access: {
            kind: 'kubeconfig',
            file: '/portal/kubeconfig',
            context: 'admin@eu-3',
          },
        },
        {
          name: 'eu-4',
          access: {
            kind: 'address',
            url: 'https://eu-4.acme.example:6443',
            caFile: '/etc/ca.crt',
            tokenFile: '/run/token',
          },
        },
        {
          name: 'eu-5',
          access: {
            kind: 'address',
            url: 'http://127.0.0.1:8001',
            caData: 'TUk=',
            token: new Secret('hunter2'),
          },
        },
      ],
      vault: {
        address: 'https://vault.acme.example:8200',
        caFile: '/portal/vault.crt',
        namespace: 'platform',
        credentials: {
          kind: 'kubernetes',
          mount: 'kubernetes/eu-1',
          role: 'portal',
          jwtFile: '/var/run/secrets/kubernetes.io/serviceaccount/token',
        },
      },
      rateLimits: { writesPerMinute: 5, plansPerMinute: 120 },
      statuses: { permissionSeconds: 10, notifyAfterSeconds: 120 },
      timeouts: {
        ...defaultRequestLimits,
        requestMilliseconds: 300,
        attempts: 2,
      },
      guardrails: { pack: '/etc/guardrails' },
      skeletons: [{ name: 'java', path: '/portal/skeleton/java' }],
      forge: {
        kind: 'github',
        host: 'ghe.acme.example',
        owner: 'acme',
        registry: 'registry',
      },
      governance: { platformGroup: 'group:default/platform-team' },
      appBaseUrl: 'https://portal.acme.example',
    });
  });

  it('lets Argo CD clone from the forge when that is GitHub', () => {
    const { platform } = read({
      forge: { kind: 'github', github: { owner: 'acme' } },
    });
    expect(platform.forge.repositoryUrl).toBe(
      'https://github.com/acme/{repository}.git',
    );
  });

  it('finds the root of the portal when the process runs in one of its packages', () => {
    const { guardrails } = readMeshedServiceConfig(new ConfigReader({}));
    expect(guardrails.pack).toMatch(/[/\\]infra[/\\]guardrails$/);
    expect(guardrails.pack).not.toContain('meshed-service-node');
  });

  it.each<[string, JsonObject, string]>([
    [
      'a misspelt setting',
      { guardrail: {} },
      'InputError: meshedService.guardrail: is not a setting; remove it, or write one of platform, clusters, vault, timeouts, rateLimits, statuses, guardrails, skeletons, forge, governance',
    ],
    [
      'a forge that is not known',
      { forge: { kind: 'gitlab' } },
      'InputError: meshedService.forge.kind: must be one of local, github; it is "gitlab"',
    ],
    [
      'GitHub without an owner',
      { forge: { kind: 'github' } },
      'InputError: meshedService.forge.github.owner: is missing; write the organization or user that repositories are made in, such as acme',
    ],
    [
      'a registry that is a path',
      { forge: { registry: '../../etc' } },
      'InputError: meshedService.forge.registry: "../../etc" is not possible here; write the name of a repository, such as meshway-registry',
    ],
    [
      'a cluster without a name',
      { clusters: [{ snapshot: 'x' }] },
      'InputError: meshedService.clusters[0].name: is missing; write lower-case letters, digits and single dashes, starting with a letter and not ending with a dash',
    ],
    [
      'a cluster named twice',
      { clusters: [{ name: 'eu-1' }, { name: 'eu-1' }] },
      'InputError: meshedService.clusters[1].name: "eu-1" stands twice; give each its own name',
    ],
    [
      'a cluster that is reached in two ways',
      {
        clusters: [{ name: 'a', kubeconfig: { file: 'x' }, url: 'https://a' }],
      },
      'InputError: meshedService.clusters[0].url: stands beside kubeconfig, which holds it already; remove one of the two',
    ],
    [
      'a cluster with two tokens',
      {
        clusters: [
          {
            name: 'a',
            url: 'https://a',
            serviceAccountToken: 'hunter2',
            tokenFile: 'x',
          },
        ],
      },
      'InputError: meshedService.clusters[0].tokenFile: stands beside serviceAccountToken; remove one of the two',
    ],
    [
      'a cluster without a token',
      { clusters: [{ name: 'a', url: 'https://a' }] },
      'InputError: meshedService.clusters[0].tokenFile: is missing; write the file of a token, or the token itself in serviceAccountToken',
    ],
    [
      'a cluster without an address',
      { clusters: [{ name: 'a', tokenFile: 'x' }] },
      'InputError: meshedService.clusters[0].url: is missing; write an https address without credentials (http only on this machine, as in http://127.0.0.1:8200)',
    ],
    [
      'a cluster by plain http',
      { clusters: [{ name: 'a', url: 'http://eu-1:8080', tokenFile: 'x' }] },
      'InputError: meshedService.clusters[0].url: "http://eu-1:8080" is not possible here; write an https address without credentials (http only on this machine, as in http://127.0.0.1:8200)',
    ],
    [
      'an address that only begins like this machine',
      {
        clusters: [
          { name: 'a', url: 'http://127.0.0.1.evil.example', tokenFile: 'x' },
        ],
      },
      'InputError: meshedService.clusters[0].url: "http://127.0.0.1.evil.example" is not possible here; write an https address without credentials (http only on this machine, as in http://127.0.0.1:8200)',
    ],
    [
      'a cluster whose certificate nobody checks',
      { clusters: [{ name: 'a', url: 'https://a', skipTLSVerify: true }] },
      'InputError: meshedService.clusters[0].skipTLSVerify: is not possible, because credentials would go to whoever answers; remove it, and name the certificate authority in caFile or caData',
    ],
    [
      'a kubeconfig without a file',
      { clusters: [{ name: 'a', kubeconfig: {} }] },
      'InputError: meshedService.clusters[0].kubeconfig.file: is missing; write a file, absolute or relative to the root of the portal',
    ],
    [
      'a token that is none, without showing it',
      {
        clusters: [
          { name: 'a', url: 'https://a', serviceAccountToken: 'hunter2\nx' },
        ],
      },
      'InputError: meshedService.clusters[0].serviceAccountToken: is no token; it has spaces or line breaks inside, or characters that no token has',
    ],
    [
      'a Vault without credentials',
      { vault: { address: 'https://vault' } },
      'InputError: meshedService.vault.tokenFile: is missing; write the file of a token, or how to log in in kubernetesAuth',
    ],
    [
      'a Vault with two kinds of credentials',
      { vault: { address: 'https://vault', token: 'a', kubernetesAuth: {} } },
      'InputError: meshedService.vault.kubernetesAuth: stands beside token; remove one of the two',
    ],
    [
      'a Vault by plain http',
      { vault: { address: 'http://vault:8200', token: 'a' } },
      'InputError: meshedService.vault.address: "http://vault:8200" is not possible here; write an https address without credentials (http only on this machine, as in http://127.0.0.1:8200)',
    ],
    [
      'a limit that lets nobody in',
      { rateLimits: { plansPerMinute: 0 } },
      'InputError: meshedService.rateLimits.plansPerMinute: must be a whole number from 1 to 100000; it is 0',
    ],
    [
      'a wait without end',
      { timeouts: { requestMilliseconds: 0 } },
      'InputError: meshedService.timeouts.requestMilliseconds: must be a whole number from 50 to 600000; it is 0',
    ],
    [
      'a Vault address with a credential',
      { platform: { vault: { address: 'https://root:token@vault' } } },
      'InputError: meshedService.platform.vault.address: "https://…@vault" is not possible here; write an http or https address without credentials',
    ],
    [
      'an audience with a wildcard',
      { platform: { vault: { audience: '*' } } },
      'InputError: meshedService.platform.vault.audience: "*" is not possible here; write one audience without spaces or wildcards, such as vault',
    ],
    [
      'a token that would live for ever',
      { platform: { vault: { tokenTtlSeconds: 1e9 } } },
      'InputError: meshedService.platform.vault.tokenTtlSeconds: must be a whole number from 60 to 86400; it is 1000000000',
    ],
    [
      'a network that is none',
      { platform: { mesh: { clusterNetworks: ['10.0.0.0'] } } },
      'InputError: meshedService.platform.mesh.clusterNetworks: "10.0.0.0" is not possible here; write a network in CIDR notation, such as 203.0.113.0/24',
    ],
    [
      'a repository address that names no repository',
      { platform: { forge: { repositoryUrl: 'https://git.example.com/' } } },
      'InputError: meshedService.platform.forge.repositoryUrl: "https://git.example.com/" is not possible here; write an address that holds {repository} once, such as https://git.example.com/{repository}.git',
    ],
    [
      'a user as the platform group',
      { governance: { platformGroup: 'user:default/root' } },
      'InputError: meshedService.governance.platformGroup: "user:default/root" is not a group; write a reference such as group:default/platform',
    ],
  ])('refuses %s', (_, meshedService, message) => {
    expect(refusal(meshedService)).toBe(message);
  });

  it.each<[string, JsonObject, string]>([
    ['a list where a part belongs', { forge: [] }, 'meshedService.forge'],
    [
      'a text where a part belongs',
      { platform: 'x' },
      'meshedService.platform',
    ],
    ['a text that is no list', { clusters: 'eu-1' }, 'meshedService.clusters'],
    [
      'a word that is no flag',
      { platform: { mesh: { cni: 'perhaps' } } },
      'meshedService.platform.mesh.cni',
    ],
    ['a cluster without a shape', { clusters: [5] }, 'meshedService.clusters'],
    [
      'an empty folder',
      { guardrails: { pack: '' } },
      'meshedService.guardrails.pack',
    ],
  ])('names the key of %s', (_, meshedService, key) => {
    expect(refusal(meshedService)).toMatch(
      new RegExp(`^InputError: ${key}: .*config\\.d\\.ts`),
    );
  });

  it('repeats only the beginning of a huge value', () => {
    const huge = 'x'.repeat(100_000);
    for (const settings of [
      { forge: { kind: huge } },
      { clusters: [{ name: huge }] },
      { clusters: [{ name: huge }, { name: huge }] },
      { governance: { platformGroup: `user:${huge}` } },
    ])
      expect(refusal(settings).length).toBeLessThan(400);
  });

  it('does not repeat a credential that stands in an address', () => {
    expect(
      refusal({ platform: { vault: { address: 'https://a:hunter2@v' } } }),
    ).not.toContain('hunter2');
  });
});
