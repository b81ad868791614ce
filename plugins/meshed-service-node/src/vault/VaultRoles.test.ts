import { aService } from '@meshway/plugin-meshed-service-common/testUtils';
import { setImmediate as othersTurn } from 'node:timers/promises';
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

/** Time goes by only where somebody waits. */
function aClock() {
  let now = Date.parse('2026-01-31T10:00:00Z');
  const waits: number[] = [];
  const clock: Clock = {
    now: () => now,
    random: () => 0,
    sleep: async (milliseconds, signal) => {
      await othersTurn(undefined, { signal });
      waits.push(milliseconds);
      now += milliseconds;
    },
  };
  return {
    clock,
    waits,
    pass: (milliseconds: number) => (now += milliseconds),
  };
}

/** Vault answers what `answer` says; `asked` holds the names it was asked about. */
function rolesOf(answer: Vault['readRole']) {
  const asked: string[] = [];
  const time = aClock();
  const roles = new VaultRoles({
    vault: {
      readRole: async (mount, name_, options) => {
        asked.push(name_);
        return answer(mount, name_, options);
      },
    },
    mount: 'kubernetes',
    clock: time.clock,
  });
  return { roles, asked, ...time };
}

const until = async (isSo: () => boolean) => {
  while (!isSo()) await othersTurn();
};

describe('VaultRoles', () => {
  it('knows nothing before it has asked, and says so', () => {
    expect(rolesOf(async () => role).roles.of(aService)).toEqual({
      kind: 'notRead',
      name,
      because: 'Vault has not been asked yet',
    });
  });

  it('says who may log in, and when that was so', async () => {
    const { roles } = rolesOf(async () => role);
    await roles.renew(aService);
    expect(roles.of(aService)).toEqual({
      kind: 'read',
      name,
      role: binding,
      observedAt: '2026-01-31T10:00:00.000Z',
    });
  });

  it('keeps what it knew while Vault cannot be asked, and says why it is no longer sure', async () => {
    let sealed = false;
    const { roles } = rolesOf(async () => {
      if (sealed) throw new Error('Vault is sealed');
      return role;
    });
    await roles.renew(aService);
    sealed = true;
    await roles.renew(aService);
    expect(roles.of(aService)).toMatchObject({
      role: binding,
      staleBecause: 'Vault is sealed',
    });
  });

  it('tells of news, and of nothing else, and lets no listener harm the others', async () => {
    let answer: KubernetesAuthRole | undefined = role;
    const { roles } = rolesOf(async () => answer);
    const told: string[] = [];
    roles.subscribe(() => {
      throw new Error('not interested');
    });
    roles.subscribe(service => told.push(service.name));
    await roles.renew(aService);
    await roles.renew(aService);
    answer = undefined;
    await roles.renew(aService);
    expect(told).toEqual([aService.name, aService.name]);
  });

  it('asks about whose status is read, at once and then once a minute, one after the other', async () => {
    let open = 0;
    let most = 0;
    const { roles, asked, clock } = rolesOf(async () => {
      most = Math.max(most, ++open);
      await othersTurn();
      open--;
      return role;
    });
    const began = clock.now();
    roles.start();
    roles.of(aService);
    roles.of({ ...aService, name: 'other' });
    await until(() => asked.length === 4);
    roles.stop();
    expect(most).toBe(1);
    expect(new Set(asked.slice(0, 2)).size).toBe(2);
    expect(clock.now() - began).toBeGreaterThanOrEqual(60_000);
  });

  it('asks sooner about what is not there, which may be about to be made, and ever more seldom', async () => {
    const { roles, asked, waits } = rolesOf(async () => undefined);
    roles.of(aService);
    roles.start();
    await until(() => asked.length === 4);
    roles.stop();
    expect(waits.filter(wait => wait > 1_000)).toEqual([1_800, 3_800, 7_800]);
  });

  it('asks about a service that comes up while it rests at once', async () => {
    const { roles, asked, waits } = rolesOf(async () => role);
    roles.start();
    roles.of(aService);
    await until(() => asked.length === 1);
    roles.stop();
    expect(waits).toEqual([]);
  });

  it('takes no earlier answer for a later one', async () => {
    const answers: Array<(role?: KubernetesAuthRole) => void> = [];
    const { roles } = rolesOf(
      () => new Promise(resolve => answers.push(resolve)),
    );
    const asked = [roles.renew(aService), roles.renew(aService)];
    answers[1](role);
    answers[0](undefined);
    await Promise.all(asked);
    expect(roles.of(aService)).toMatchObject({ role: binding });
  });

  it('keeps what an earlier question was answered when a later one fails', async () => {
    const questions: Array<{
      answer: (role: KubernetesAuthRole) => void;
      fail: (error: Error) => void;
    }> = [];
    const { roles } = rolesOf(
      () =>
        new Promise((answer, fail) => {
          questions.push({ answer, fail });
        }),
    );
    const asked = [roles.renew(aService), roles.renew(aService)];
    questions[0].answer(role);
    await asked[0];
    questions[1].fail(new Error('Vault is sealed'));
    await asked[1];
    expect(roles.of(aService)).toMatchObject({
      role: binding,
      staleBecause: 'Vault is sealed',
    });
  });

  it('forgets whom nobody has read for long', async () => {
    const { roles, asked, pass } = rolesOf(async () => role);
    roles.of(aService);
    pass(3 * 3_600_000);
    roles.start();
    roles.of({ ...aService, name: 'other' });
    await until(() => asked.length === 2);
    roles.stop();
    expect(asked).not.toContain(name);
  });
});
