import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  aClock,
  refusal,
  ScriptedAnswer,
  ScriptedServer,
} from '../http/__testUtils__/ScriptedServer';
import { HttpSender, Secret } from '../http';
import { VaultAccess, VaultCredentials, VaultOverHttp } from '.';

const limits = {
  requestMilliseconds: 60_000,
  totalMilliseconds: 60_000,
  attempts: 3,
  pauseMilliseconds: 10,
};
const role = {
  boundServiceAccountNames: ['pay'],
  boundServiceAccountNamespaces: ['payments'],
  audience: 'vault',
  tokenPolicies: ['meshway.eu-1'],
  tokenTtlSeconds: 3600,
  tokenMaxTtlSeconds: 3600,
  aliasNameSource: 'serviceaccount_uid' as const,
};
const name = 'meshway.eu-1.payments.pay';
const said = (status: number, ...errors: string[]): ScriptedAnswer => ({
  status,
  body: { errors },
});

describe('VaultOverHttp', () => {
  let server: ScriptedServer;
  let folder: string;
  beforeEach(async () => {
    server = await ScriptedServer.start();
    folder = await mkdtemp(join(tmpdir(), 'vault-'));
  });
  afterEach(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  const aVault = (
    credentials: VaultCredentials = {
      kind: 'token',
      token: new Secret('s3cret'),
    },
    change: Partial<VaultAccess> = {},
    clock = aClock(),
  ) =>
    new VaultOverHttp(
      { address: server.address, credentials, ...change },
      new HttpSender(limits, clock),
    );
  const tokens = () =>
    server.seen.map(({ headers }) => headers['x-vault-token']);

  describe('roles', () => {
    it('are read with sorted lists', async () => {
      server.will({
        status: 200,
        body: {
          data: {
            bound_service_account_names: ['pay'],
            bound_service_account_namespaces: ['z', 'a'],
            audience: 'vault',
            token_policies: ['b', 'a'],
            token_ttl: 3600,
            token_max_ttl: 3600,
            alias_name_source: 'serviceaccount_uid',
            token_type: 'default',
          },
        },
      });
      expect(await aVault().readRole('kubernetes/eu-1', name)).toEqual({
        ...role,
        boundServiceAccountNamespaces: ['a', 'z'],
        tokenPolicies: ['a', 'b'],
      });
      expect(server.seen[0].line).toBe(
        `GET /v1/auth/kubernetes/eu-1/role/${name}`,
      );
    });

    it('show that a selector lets others in, too', async () => {
      server.will({
        status: 200,
        body: {
          data: {
            bound_service_account_namespaces: ['payments'],
            bound_service_account_namespace_selector: '{"matchLabels":{}}',
          },
        },
      });
      expect(
        (await aVault().readRole('kubernetes', name))
          ?.boundServiceAccountNamespaces,
      ).toEqual(['payments', 'selected by {"matchLabels":{}}']);
    });

    it('are absent where none is, and the mount is where there is no mount', async () => {
      server.will(
        said(404),
        said(
          404,
          'no handler for route "auth/k8s/role/a". route entry not found.',
        ),
      );
      expect(await aVault().readRole('kubernetes', name)).toBeUndefined();
      expect(await refusal(aVault().readRole('k8s', name))).toBe(
        `VaultMountError: Reading role ${name} of k8s in Vault. Vault ${server.address} has no Kubernetes auth method at k8s. Enable it there, or put meshedService.platform.vault.authMount right.`,
      );
    });

    it('are written as a whole', async () => {
      server.will({ status: 204, text: '' });
      await aVault().writeRole('kubernetes', name, role);
      expect(JSON.parse(server.seen[0].body)).toEqual({
        bound_service_account_names: 'pay',
        bound_service_account_namespaces: 'payments',
        audience: 'vault',
        alias_name_source: 'serviceaccount_uid',
        token_policies: 'meshway.eu-1',
        token_ttl: 3600,
        token_max_ttl: 3600,
      });
    });

    it('are not written with a name that would count as several', async () => {
      const written = aVault().writeRole('kubernetes', name, {
        ...role,
        boundServiceAccountNames: ['pay,admin'],
      });
      expect(await refusal(written)).toBe(
        'InputError: "pay,admin" cannot stand in a role of Vault, which takes what is between commas for names of their own; write one name without a comma',
      );
      expect(server.seen).toEqual([]);
    });

    it('are deleted, and one that is gone is no error', async () => {
      server.will({ status: 204, text: '' }, said(404));
      await aVault().deleteRole('kubernetes', name);
      await aVault().deleteRole('kubernetes', name);
      expect(server.seen).toHaveLength(2);
    });

    it.each([
      ['kubernetes', '../../sys/seal'],
      ['kubernetes', 'A'],
      ['kubernetes', 'a/b'],
      ['kubernetes', ''],
      ['../sys', 'a'],
      ['kubernetes//x', 'a'],
      ['a?b', 'a'],
      ['', 'a'],
    ])(
      'of mount %j and name %j are refused before Vault is asked',
      async (mount, bad) => {
        expect(await refusal(aVault().readRole(mount, bad))).toMatch(
          /^InputError: ".*" is not the (name of a role|path of a mount) in Vault; /,
        );
        expect(server.seen).toEqual([]);
      },
    );
  });

  it('reads and writes policies', async () => {
    server.will(
      { status: 200, body: { data: { policy: 'path "a" {}' } } },
      { status: 204, text: '' },
      said(404),
    );
    const vault = aVault(undefined, { namespace: 'team-a' });
    expect(await vault.readPolicy(name)).toBe('path "a" {}');
    await vault.writePolicy(name, 'path "b" {}');
    expect(await vault.readPolicy(name)).toBeUndefined();
    expect(server.seen[1]).toMatchObject({
      line: `PUT /v1/sys/policies/acl/${name}`,
      body: '{"policy":"path \\"b\\" {}"}',
      headers: { 'x-vault-namespace': 'team-a' },
    });
  });

  it('says what the token may do on each path', async () => {
    server.will({ status: 200, body: { data: { a: ['update', 'create'] } } });
    expect(await aVault().capabilities(['a', 'b'])).toEqual({
      a: ['create', 'update'],
      b: [],
    });
  });

  describe('refusals', () => {
    const attempted = `Writing role ${name} of kubernetes in Vault.`;
    it.each<[string, ScriptedAnswer[], string]>([
      [
        'a token that has expired',
        [said(403, 'permission denied'), said(403, 'permission denied')],
        `VaultTokenError: ${attempted} Vault ADDRESS does not accept the token: it is wrong, or has expired. Renew it under meshedService.vault.`,
      ],
      [
        'a token that Vault calls none',
        [
          said(
            403,
            '2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n',
          ),
        ],
        `VaultTokenError: ${attempted} Vault ADDRESS does not accept the token: it is wrong, or has expired. Renew it under meshedService.vault.`,
      ],
      [
        'a right that is missing',
        [said(403, 'permission denied'), { status: 200, body: {} }],
        `VaultPermissionError: ${attempted} The token may not create or update auth/kubernetes/role/${name} in Vault ADDRESS, or not with these values. The policy in infra/vault grants what Meshway needs.`,
      ],
      [
        'a sealed Vault',
        Array(3).fill(said(503, 'Vault is sealed')),
        `VaultSealedError: ${attempted} Vault ADDRESS is sealed. Somebody has to unseal it; repeat it then.`,
      ],
      [
        'a Vault that is not set up',
        [said(501, 'Vault is not initialized')],
        `VaultUnavailableError: ${attempted} Vault ADDRESS is not initialized. Somebody has to set it up.`,
      ],
      [
        'a standby that sends its clients elsewhere',
        [{ status: 307, text: '', headers: { location: 'https://other' } }],
        `VaultUnavailableError: ${attempted} Vault ADDRESS is a standby that sends its clients elsewhere. Use the address of the active one.`,
      ],
      [
        'a malformed role',
        [said(400, 'token_ttl cannot be greater than token_max_ttl')],
        `VaultRefusedError: ${attempted} Vault ADDRESS finds it malformed: token_ttl cannot be greater than token_max_ttl.`,
      ],
      [
        'a Vault that fails',
        Array(3).fill(said(500, 'internal error')),
        `VaultUnavailableError: ${attempted} Vault ADDRESS could not do it just now (500: internal error). Repeat it later; what is done already is found again.`,
      ],
      [
        'a Vault that wants to be left alone for longer than we would wait',
        [
          {
            ...Object(said(429, 'request path is rate limited')),
            headers: { 'retry-after': '3600' },
          },
        ],
        `VaultUnavailableError: ${attempted} Vault ADDRESS could not do it just now (429: request path is rate limited). Repeat it in 3600 seconds, as it asks; what is done already is found again.`,
      ],
    ])('for %s say so, and what to do', async (_, answers, message) => {
      server.will(...answers);
      const text = await refusal(aVault().writeRole('kubernetes', name, role));
      expect(text).toBe(message.replace('ADDRESS', server.address));
      expect(text).not.toContain('s3cret');
      expect(server.seen).toHaveLength(answers.length);
    });

    it.each([
      [
        'http://vault.example.com',
        'InputError: meshedService.vault.address: http://vault.example.com is plain http, which would show the token to everybody on the way; use its https address',
      ],
      [
        'https://root:s3cret@vault.example.com',
        'InputError: meshedService.vault.address: holds a credential; give it as meshedService.vault.token or tokenFile instead',
      ],
      [
        'vault',
        'InputError: meshedService.vault.address: is not an address; write one such as https://vault.example.com:8200',
      ],
    ])('of the address %s', async (address, message) => {
      expect(
        await refusal((async () => aVault(undefined, { address }))()),
      ).toBe(message);
    });
  });

  describe('tokens', () => {
    const lookAtPolicy = (vault: VaultOverHttp) => vault.readPolicy('a');

    it('come from whoever has them in memory, for each request', async () => {
      let count = 0;
      const vault = aVault({
        kind: 'supplier',
        supply: async () => new Secret(`token-${count++}`),
      });
      await lookAtPolicy(vault);
      await lookAtPolicy(vault);
      expect(tokens()).toEqual(['token-0', 'token-1']);
    });

    it('come from a file, as it is at the time', async () => {
      const file = join(folder, 'token');
      const vault = aVault({ kind: 'tokenFile', file });
      expect(await refusal(lookAtPolicy(vault))).toBe(
        `VaultTokenError: Vault cannot be asked: ${file} is empty or cannot be read. Check meshedService.vault.tokenFile.`,
      );
      await writeFile(file, 'one\n');
      await lookAtPolicy(vault);
      await writeFile(file, 'two\n');
      await lookAtPolicy(vault);
      expect(tokens()).toEqual(['one', 'two']);
    });

    describe('of a login', () => {
      const login = (token: string): ScriptedAnswer => ({
        status: 200,
        body: { auth: { client_token: token, lease_duration: 100 } },
      });
      const loggingIn = async (clock = aClock()) => {
        const jwtFile = join(folder, 'jwt');
        await writeFile(jwtFile, 'jwt-s3cret');
        return aVault(
          { kind: 'kubernetes', mount: 'kubernetes', role: 'portal', jwtFile },
          {},
          clock,
        );
      };

      it('are used until shortly before their end', async () => {
        const clock = aClock();
        const vault = await loggingIn(clock);
        server.will(
          login('one'),
          said(404),
          said(404),
          login('two'),
          said(404),
        );
        await lookAtPolicy(vault);
        await clock.sleep(79_000);
        await lookAtPolicy(vault);
        await clock.sleep(2_000);
        await lookAtPolicy(vault);
        expect(tokens()).toEqual([undefined, 'one', 'one', undefined, 'two']);
        expect(server.seen[0]).toMatchObject({
          line: 'POST /v1/auth/kubernetes/login',
          body: '{"role":"portal","jwt":"jwt-s3cret"}',
        });
      });

      it('are renewed once when they are refused', async () => {
        const vault = await loggingIn();
        server.will(login('one'), said(403), login('two'), said(404));
        await lookAtPolicy(vault);
        expect(tokens()).toEqual([undefined, 'one', undefined, 'two']);
      });

      it('are not to be had where Vault refuses the ServiceAccount', async () => {
        const vault = await loggingIn();
        server.will(
          said(403, 'service account name not authorized: jwt-s3cret'),
        );
        expect(await refusal(lookAtPolicy(vault))).toBe(
          `VaultTokenError: Vault ${server.address} did not let the portal log in as role "portal" of kubernetes (403: service account name not authorized: …). Check the role, its ServiceAccount and audience, and meshedService.vault.kubernetesAuth.`,
        );
      });
    });
  });
});
