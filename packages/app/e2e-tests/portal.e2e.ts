/**
 * The whole product as a stranger meets it: a real portal, a real browser, real git.
 *
 *   ./dev start ─► form ─► task ─► git clone ─► catalog ─► card ─► refusals ─► repeat ─► restart
 *
 * Run by `./dev test browser`. The steps follow one another: each starts from what the one before has left.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { parseAllDocuments } from 'yaml';
import { launchBrowser, openPage } from './support/browser';
import { cartService } from './support/cartService';
import { fillCartForm, nameField, openTemplate } from './support/form';
import { picture, pictureOfFailure } from './support/pictures';
import { Portal, root } from './support/Portal';
import { PortalApi } from './support/PortalApi';
import {
  clone,
  filesIn,
  historyOf,
  repositoriesIn,
} from './support/repositories';
import { refusals } from './support/refusals';
import { waitUntil } from './support/waitUntil';

const home = mkdtempSync(path.join(tmpdir(), 'meshway-portal-'));
let portal: Portal;
let browser: Browser;
let page: Page;
let errors: string[];
let guest: PortalApi;
/** What the repositories hold once the cart service is published. */
let published: string[];

before(async () => {
  portal = await Portal.start(path.join(home, 'portal'));
  browser = await launchBrowser();
  ({ page, errors } = await openPage(browser));
  guest = await PortalApi.asGuest(portal.backendUrl);
});

after(async () => {
  await browser?.close();
  await portal?.stop();
  rmSync(home, { recursive: true, force: true });
});

afterEach(async context => {
  if ('passed' in context && !context.passed && page)
    await pictureOfFailure(page, context.name);
});

/** What the snapshot of the OpenTelemetry demo shows, a service for each rung. */
const verdicts = {
  checkout: /Enforced/,
  'product-catalog': /Audit/,
  frontend: /Opportunistic/,
  ad: /Identity unhealthy/,
  shipping: /Partially meshed/,
  email: /Not meshed/,
  recommendation: /Unknown/,
};

async function signIn(on: Page, name: string): Promise<void> {
  await on.goto(portal.appUrl);
  await on.getByRole('button', { name: `Enter as ${name}` }).click();
}

async function refusesAndLeavesNothing(
  user: PortalApi,
  values: object,
  words: RegExp,
): Promise<void> {
  const repositories = repositoriesIn(portal.repositories);
  const answer = await user.ask(values);
  if ('task' in answer) {
    assert.equal(answer.task.status, 'failed', answer.task.log);
    assert.match(answer.task.log, words);
  } else {
    assert.match(answer.refused, words);
  }
  assert.deepEqual(repositoriesIn(portal.repositories), repositories);
}

async function openEntity(on: Page, name: string): Promise<void> {
  await on.goto(`${portal.appUrl}/catalog/default/component/${name}`);
}

test('the guest signs in and the catalog shows the example services', async () => {
  await signIn(page, 'Guest');
  await page.getByRole('link', { name: 'checkout', exact: true }).waitFor();
});

test('the form asks for the cart service, and the task completes', async () => {
  await waitUntil('The template is in the catalog', () =>
    guest.entity('template', 'meshed-service'),
  );
  await openTemplate(page, portal.appUrl);
  await fillCartForm(page);
  await page.getByRole('button', { name: 'Create service' }).click();
  await page.waitForURL(/\/create\/tasks\//);
  const id = new URL(page.url()).pathname.split('/').pop()!;
  const task = await guest.taskEnded(id);
  assert.equal(task.status, 'completed', task.log);
  await page.getByText('Open in catalog').waitFor();
  await picture(page, 'task');
});

test('the repository can be cloned, is by the guest, and every document in it can be read', async () => {
  const folder = path.join(home, 'clone');
  clone(path.join(portal.repositories, 'cart.git'), folder);
  const files = filesIn(folder);
  for (const [name, text] of files) {
    if (!/\.ya?ml$/.test(name)) continue;
    for (const document of parseAllDocuments(text)) {
      assert.deepEqual(document.errors, [], `${name} can be read`);
    }
  }
  for (const needed of [
    'meshed.service.yaml',
    'catalog-info.yaml',
    'manifests/kustomization.yaml',
    'manifests/mesh/kustomization.yaml',
    'manifests/app/deployment.yaml',
  ]) {
    assert.ok(files.has(needed), `${needed} is in the repository`);
  }
  const golden = filesIn(path.join(root, 'examples/otel-demo/3-bundle'));
  for (const [name, text] of golden) {
    assert.equal(files.get(name), text, `${name} is as in the example`);
  }
  const { author, commits } = historyOf(folder);
  assert.match(author, /guest/i);
  assert.equal(commits, 1);
});

test('the service appears in the catalog with its owner, relations and annotations', async () => {
  const entity = await waitUntil('cart is in the catalog', async () => {
    const found = await guest.entity('component', 'cart');
    const relations = (found?.relations ?? []) as Array<{ targetRef: string }>;
    return relations.some(
      ({ targetRef }) => targetRef === 'component:default/checkout',
    )
      ? found
      : undefined;
  });
  assert.equal(entity.spec.owner, 'group:default/shop');
  const annotations = entity.metadata.annotations as Record<string, string>;
  assert.equal(annotations['meshway.dev/service'], 'local/cart/cart');
  assert.equal(annotations['backstage.io/template-version'], '1.1.0');
  assert.equal(annotations['argocd/app-name'], 'cart.local');
  const targets = (
    entity.relations as Array<{ type: string; targetRef: string }>
  ).map(({ type, targetRef }) => `${type} ${targetRef}`);
  for (const relation of [
    'ownedBy group:default/shop',
    'partOf system:default/otel-demo',
    'dependencyOf component:default/checkout',
    'dependencyOf component:default/frontend',
  ]) {
    assert.ok(
      targets.includes(relation),
      `${relation} is among ${targets.join(', ')}`,
    );
  }
});

test('its card says that it is declared and that nothing has been observed yet', async () => {
  await openEntity(page, 'cart');
  await page
    .getByText(/declared, nothing observed yet/i)
    .first()
    .waitFor();
  await picture(page, 'declared');
});

test('each rung of the ladder has its own card', async () => {
  for (const [name, label] of Object.entries(verdicts)) {
    await openEntity(page, name);
    const verdict = page.getByTestId('meshway-verdict').first();
    await verdict.waitFor();
    assert.match((await verdict.textContent()) ?? '', label, name);
    await picture(page, `card-${name}`);
  }
});

test('all services stand on one page, narrowed by the address, and none is green that was seen long ago', async () => {
  await page.goto(`${portal.appUrl}/meshed-services`);
  await page.getByTestId('meshway-service-local-checkout').waitFor();
  await picture(page, 'fleet');
  assert.equal(await page.locator('[data-tone="good"]').count(), 0);
  await page.getByTestId('meshway-step-audit').click();
  await page.getByTestId('meshway-service-local-checkout').waitFor({
    state: 'detached',
  });
  await page.getByTestId('meshway-service-local-product-catalog').waitFor();
  assert.match(page.url(), /verdict=audit/);
});

test('its documentation is rendered, or the tab says what is missing', async () => {
  await page.goto(`${portal.appUrl}/docs/default/component/cart`);
  const text = page
    .getByText(/Whoever is listed under|mkdocs was not found/)
    .first();
  await text.waitFor({ timeout: 120_000 });
  await picture(page, 'docs');
});

refusals.forEach(({ what, values, words }) =>
  test(`${what}, sent past the form, is refused with the right words and leaves nothing behind`, () =>
    refusesAndLeavesNothing(guest, { ...cartService, ...values }, words)),
);

test('a taken name is refused to another team, naming the owner', async () => {
  const ada = await PortalApi.asAda(portal.backendUrl);
  const owner = 'group:default/payments';
  await refusesAndLeavesNothing(
    ada,
    { ...cartService, owner },
    /group:default\/shop/,
  );
});

test('another team may not ask in the name of the shop', async () => {
  const ada = await PortalApi.asAda(portal.backendUrl);
  await refusesAndLeavesNothing(ada, { ...cartService, name: 'adas' }, /shop/);
});

test('the form says what is wrong with a name while it is typed', async () => {
  await openTemplate(page, portal.appUrl);
  await nameField(page).fill('kube-cart');
  await page.getByText(/reserved for Kubernetes/).waitFor();
  await nameField(page).fill('cart');
  await page
    .getByText(/taken|group:default\/shop/)
    .first()
    .waitFor();
});

test('the same request again changes nothing', async () => {
  published = repositoriesIn(portal.repositories);
  const answer = await guest.ask(cartService);
  assert.ok('task' in answer, JSON.stringify(answer));
  assert.equal(answer.task.status, 'completed', answer.task.log);
  assert.match(answer.task.log, /unchanged/);
  assert.deepEqual(repositoriesIn(portal.repositories), published);
});

test('after a stop and a start the portal still knows everything', async () => {
  portal = await portal.restart();
  guest = await PortalApi.asGuest(portal.backendUrl);
  const { body } = await guest.request('GET', 'scaffolder/v2/tasks?limit=100');
  const { tasks } = body as { tasks: Array<{ status: string }> };
  assert.ok(tasks.some(({ status }) => status === 'completed'));
  assert.ok(await guest.entity('component', 'cart'));
  assert.deepEqual(repositoriesIn(portal.repositories), published);
  await openEntity(page, 'cart');
  await page
    .getByText(/declared, nothing observed yet/i)
    .first()
    .waitFor();
});

test('no page has thrown', () => {
  assert.deepEqual(errors, []);
});
