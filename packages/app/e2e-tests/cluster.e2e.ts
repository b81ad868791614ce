/**
 * The main job on real parts, as a team sees it: Kubernetes, Vault and Argo CD, a portal, a browser.
 *
 *   form ─► task ─► namespace, Vault role, application ─► change of phase ─► plug pulled, and finished ─► its card, while
 *   a policy is broken and the API server hangs ─► retired
 *
 * Run by `./dev test cluster`. The steps follow one another: each starts from what the one before has left.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import {
  partNames,
  standingPlatform,
  type StandingPlatform,
} from '@meshway/test-platform';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from './support/browser';
import { cartService } from './support/cartService';
import { Systems } from './support/Systems';
import {
  choosePhase,
  fillCartForm,
  openTemplate,
  typeIn,
} from './support/form';
import { picture, pictureOfFailure } from './support/pictures';
import { platformCommand } from './support/platformCommand';
import { Portal } from './support/Portal';
import { PortalApi } from './support/PortalApi';
import { waitUntil } from './support/waitUntil';

const home = mkdtempSync(path.join(tmpdir(), 'meshway-cluster-'));
/** Somebody's platform, which has to outlive this test. */
let ranBefore: boolean;
let up: Awaited<ReturnType<typeof platformCommand>>;
let platform: StandingPlatform;
let systems: Systems;
let portal: Portal;
let browser: Browser;
let page: Page;
let errors: string[];
let guest: PortalApi;

/** The second service: the portal writes its cluster itself, and its plug is pulled meanwhile. */
const basket = {
  ...cartService,
  name: 'basket',
  description: 'Is written while the power fails',
  secrets: { delivery: 'vso', paths: ['database'] },
  delivery: { mode: 'apply', repository: 'basket', project: 'shop-apply' },
};

before(async () => {
  ranBefore = (await platformCommand('status')).code === 0;
  up = await platformCommand('up');
  platform = await standingPlatform();
  systems = new Systems(platform);
  portal = await Portal.start(path.join(home, 'portal'), { cluster: true });
  browser = await launchBrowser();
  ({ page, errors } = await openPage(browser));
  guest = await PortalApi.asGuest(portal.backendUrl);
});

after(async () => {
  await browser?.close();
  await portal?.stop();
  await platform?.release();
  if (!ranBefore) await platformCommand('down');
  rmSync(home, { recursive: true, force: true });
});

afterEach(async context => {
  if ('passed' in context && !context.passed && page)
    await pictureOfFailure(page, context.name);
});

async function taskOf(on: Page, seconds = 240) {
  await on.waitForURL(/\/create\/tasks\//);
  const id = new URL(on.url()).pathname.split('/').pop()!;
  return guest.taskEnded(id, seconds);
}

test('./dev platform says what runs, where, and what of it is imitated', async () => {
  const status = await platformCommand('status');
  const { kubernetes, vault, argocd } = platform.state;
  for (const { code, said } of [up, status]) {
    assert.equal(code, 0, said);
    for (const part of partNames)
      assert.match(said, new RegExp(`^ +${part} +ready after \\d`, 'm'));
    for (const place of [
      kubernetes?.url,
      kubernetes?.kubeconfigs.admin,
      vault?.address,
      argocd?.repositories,
    ])
      assert.ok(place && said.includes(place), said);
    assert.match(said, /injector.* imitated/i);
  }
  if (!ranBefore) assert.match(up.said, /^… booting .*kubernetes/m);
});

test('a service that the form asks for is on the cluster, in Vault and in Argo CD when its task completes', async () => {
  await page.goto(portal.appUrl);
  await page.getByRole('button', { name: 'Enter as Guest' }).click();
  await waitUntil('The template is in the catalog', () =>
    guest.entity('template', 'meshed-service'),
  );
  await openTemplate(page, portal.appUrl);
  await fillCartForm(page);
  await page.getByRole('button', { name: 'Create service' }).click();
  const task = await taskOf(page);
  assert.equal(task.status, 'completed', task.log);
  await page.getByText('Open in catalog').waitFor();
  await picture(page, 'cluster-task');
  assert.deepEqual(await systems.seen('cart'), {
    owner: 'group:default/shop',
    policy: 'audit',
    application: 'Synced Healthy',
    role: undefined,
    pods: ['Running with proxy', 'Running with proxy'],
  });
});

test('it goes back to observe at once, and Argo CD follows', async () => {
  await waitUntil('cart is in the catalog', () =>
    guest.entity('component', 'cart'),
  );
  await openTemplate(page, portal.appUrl, 'change-phase');
  await choosePhase(page, 'cart', 'observe');
  await picture(page, 'cluster-phase');
  await page.getByRole('button', { name: 'Change the phase' }).click();
  const task = await taskOf(page);
  assert.equal(task.status, 'completed', task.log);
  assert.equal((await systems.seen('cart')).policy, 'all-unauthenticated');
});

test('a portal that is killed in the middle of it finishes after its next start', async () => {
  const { body } = await guest.request('POST', 'scaffolder/v2/tasks', {
    templateRef: 'template:default/meshed-service',
    values: basket,
  });
  const { id } = body as { id: string };
  await waitUntil('The namespace is there', () => systems.namespace('basket'), {
    everyMs: 10,
  });
  await portal.kill();
  const halfway = await systems.seen('basket');
  assert.notEqual(halfway.application, 'Synced Healthy', 'before its end');

  portal = await portal.startAgain();
  guest = await PortalApi.asGuest(portal.backendUrl);
  const task = await guest.taskEnded(id, 240);
  assert.equal(task.status, 'completed', task.log);
  assert.deepEqual(await systems.seen('basket'), {
    owner: 'group:default/shop',
    policy: 'audit',
    application: 'Synced Healthy',
    role: 'basket in basket',
    pods: ['Running with proxy', 'Running with proxy'],
  });
});

test('its card says what the cluster does, the moment it does it, and no more than it knows', async () => {
  const says = (words: string) =>
    page
      .getByTestId('meshway-verdict')
      .filter({ hasText: words })
      .first()
      .waitFor({ timeout: 60_000 });
  await waitUntil('basket is in the catalog', () =>
    guest.entity('component', 'basket'),
  );
  await page.goto(`${portal.appUrl}/catalog/default/component/basket`);
  await says('Audit');
  await picture(page, 'cluster-card-audit');

  await systems.openTo('basket', 'all-unauthenticated');
  await says('Opportunistic');
  await picture(page, 'cluster-card-broken');
  await systems.openTo('basket', 'audit');
  await says('Audit');

  systems.signal('kube-apiserver', 'SIGSTOP');
  try {
    await says('Unknown');
    await page.getByText('Pod: stale since').waitFor();
    await picture(page, 'cluster-card-stale');
  } finally {
    systems.signal('kube-apiserver', 'SIGCONT');
  }
  await says('Audit');
});

test('both are retired by typing their names, and nothing of them is left', async () => {
  const api = guest;
  for (const name of ['cart', 'basket']) {
    await waitUntil(`${name} can be picked`, () => api.canBePicked(name));
    await openTemplate(page, portal.appUrl, 'retire-service');
    await typeIn(page, { service: name, namespace: name });
    await picture(page, `cluster-retire-${name}`);
    await page.getByRole('button', { name: 'Retire the service' }).click();
    const task = await taskOf(page);
    assert.equal(task.status, 'completed', task.log);
    assert.deepEqual(await systems.seen(name), {
      owner: undefined,
      policy: undefined,
      application: undefined,
      role: undefined,
      pods: [],
    });
  }
});

test('no page has thrown', () => {
  assert.deepEqual(errors, []);
});

test('the platform ends when asked, with all that it started, and its logs stay', async context => {
  if (ranBefore) return context.skip('it ran before, and is left running');
  await portal.stop();
  const { processes } = platform.state;
  assert.ok(processes.length > 8, 'there are processes to end');
  assert.deepEqual(await platformCommand('down'), {
    code: 0,
    said: 'The platform has ended.\n',
  });
  await waitUntil(
    'No process of it runs',
    async () => !processes.some(isAlive),
  );
  for (const { log } of processes) assert.ok(existsSync(log), log);
  const { code, said } = await platformCommand('status');
  assert.deepEqual(
    [code, said],
    [1, 'No platform runs. ./dev platform up starts one.\n'],
  );
  return undefined;
});

function isAlive({ pid }: { pid: number }): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
