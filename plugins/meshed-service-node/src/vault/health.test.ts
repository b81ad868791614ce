import {
  aClock,
  refusal,
  ScriptedServer,
} from '../http/__testUtils__/ScriptedServer';
import { HttpSender, Secret } from '../http';
import { VaultOverHttp } from '.';

describe('the health of a Vault', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await ScriptedServer.start();
  });
  afterEach(() => server.close());

  const aVault = () =>
    new VaultOverHttp(
      {
        address: server.address,
        credentials: { kind: 'token', token: new Secret('s3cret') },
      },
      new HttpSender(
        {
          requestMilliseconds: 60_000,
          totalMilliseconds: 60_000,
          attempts: 3,
          pauseMilliseconds: 10,
        },
        aClock(),
      ),
    );

  it.each<[number, object]>([
    [200, { initialized: true, sealed: false, standby: false }],
    [429, { initialized: true, sealed: false, standby: true }],
    [473, { initialized: true, sealed: false, standby: true }],
    [501, { initialized: false, sealed: true, standby: true }],
    [503, { initialized: true, sealed: true, standby: true }],
  ])(
    'reads status %i, and asks once and without a token',
    async (status, health) => {
      server.will({ status, body: { version: '1.21.0' } });
      expect(await aVault().health()).toEqual({
        ...health,
        version: '1.21.0',
      });
      expect(
        server.seen.map(({ headers }) => headers['x-vault-token']),
      ).toEqual([undefined]);
    },
  );

  it('refuses the secondary of a disaster recovery', async () => {
    server.will({ status: 472, body: { version: '1.21.0' } });
    expect(await refusal(aVault().health())).toBe(
      `VaultUnavailableError: Vault ${server.address} is the secondary of a disaster recovery, and answers nobody. Use the address of the primary.`,
    );
  });

  it.each([429, 500, 503])(
    'asks again where somebody else than Vault says %i',
    async status => {
      server.will({ status, text: 'slow down' });
      server.will({ status: 200, body: { version: '1.21.0' } });
      expect(await aVault().health()).toMatchObject({ sealed: false });
    },
  );

  it('refuses while nobody says how Vault is', async () => {
    for (let attempt = 0; attempt < 3; attempt++)
      server.will({ status: 503, text: 'No upstream' });
    expect(await refusal(aVault().health())).toBe(
      `VaultUnavailableError: What answers at ${server.address} refuses for now (503), and does not say how Vault is. Repeat later; if it stays so, check meshedService.vault.address.`,
    );
  });

  it('refuses what is no Vault', async () => {
    server.will({ status: 200, text: '<html>' });
    expect(await refusal(aVault().health())).toBe(
      `VaultUnavailableError: What answers at ${server.address} (200) does not speak like a Vault. Check meshedService.vault.address.`,
    );
  });
});
