import { aService } from '@meshway/plugin-meshed-service-common/testUtils';
import type { Clock } from '../http';
import type { KubernetesAuthRole, Vault } from './Vault';
import { VaultRoles } from './VaultRoles';

const role: KubernetesAuthRole = {
  boundServiceAccountNames: ['web'],
  boundServiceAccountNamespaces: ['shop'],
  audience: 'vault',
  tokenPolicies: ['meshway.local'],
  tokenTtlSeconds: 3600,
  tokenMaxTtlSeconds: 3600,
  aliasNameSource: 'serviceaccount_uid',
};
const { tokenTtlSeconds: _, tokenMaxTtlSeconds: __, ...binding } = role;
const name = 'meshway.local.shop.web';
const clock: Clock = {
  now: () => Date.parse('2026-01-31T10:00:00Z'),
  random: () => 0,
  sleep: async () => undefined,
};

function rolesOf(readRole: Vault['readRole'], services = [aService]) {
  return new VaultRoles({
    vault: { readRole },
    mount: 'kubernetes',
    services: () => services,
    clock,
  });
}

describe('VaultRoles', () => {
  it('knows nothing before it has asked, and says so', () => {
    expect(rolesOf(async () => role).of(aService)).toEqual({
      kind: 'notRead',
      name,
      because: 'Vault has not been asked yet',
    });
  });

  it('says who may log in, and when that was so', async () => {
    const roles = rolesOf(async () => role);
    await roles.round();
    expect(roles.of(aService)).toEqual({
      kind: 'read',
      name,
      role: binding,
      observedAt: '2026-01-31T10:00:00.000Z',
    });
  });

  it('keeps what it knew while Vault cannot be asked, and says why it is no longer sure', async () => {
    let sealed = false;
    const roles = rolesOf(async () => {
      if (sealed) throw new Error('Vault is sealed');
      return role;
    });
    await roles.round();
    sealed = true;
    await roles.round();
    expect(roles.of(aService)).toMatchObject({
      role: binding,
      staleBecause: 'Vault is sealed',
    });
  });

  it('tells of news, and of nothing else, and lets no listener harm the others', async () => {
    let answer: KubernetesAuthRole | undefined = role;
    const roles = rolesOf(async () => answer);
    const told: string[] = [];
    roles.subscribe(() => {
      throw new Error('not interested');
    });
    roles.subscribe(service => told.push(service.name));
    await roles.round();
    await roles.round();
    answer = undefined;
    await roles.round();
    expect(told).toEqual(['web', 'web']);
  });

  it('asks one question at a time, and forgets whom nobody asks for', async () => {
    let open = 0;
    let most = 0;
    const services = [aService, { ...aService, name: 'other' }];
    const roles = rolesOf(async () => {
      most = Math.max(most, ++open);
      await Promise.resolve();
      open--;
      return role;
    }, services);
    await roles.round();
    services.pop();
    await roles.round();
    expect([most, roles.of({ ...aService, name: 'other' }).kind]).toEqual([
      1,
      'notRead',
    ]);
  });
});
