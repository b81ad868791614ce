/**
 * The whole product as a stranger meets it: a real portal, a real browser, real git.
 *
 *   ./dev start ─► form ─► task ─► git clone ─► catalog ─► card ─► refusals ─► repeat ─► restart
 *
 * Run by `./dev test browser`. The steps follow one another: each starts from what the one before has left.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { parseAllDocuments } from 'yaml';
import { fillCartForm, openTemplate } from './support/form';
import { launchBrowser, openPage } from './support/browser';
import { cartService } from './support/cartService';
import { Portal, root } from './support/Portal';
import { PortalApi } from './support/PortalApi';
import { picture } from './support/pictures';
import {
  clone,
  filesIn,
  historyOf,
  repositoriesIn,
} from './support/repositories';
import { waitUntil } from './support/waitUntil';

const home = mkdtempSync(path.join(tmpdir(), 'meshway-portal-'));
let portal: Portal;
let browser: Browser;
let page: Page;
let errors: string[];
let guest: PortalApi;
let before_: string[];

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

async function signIn(on: Page, name: string): Promise<void> {
  await on.goto(portal.appUrl);
  await on.getByRole('button', { name }).click();
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
  assert.equal(annotations['backstage.io/template-version'], '1.0.0');
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

test('cards of observed services differ, and only the enforced one is enforced', async () => {
  const { body } = await guest.request('GET', 'meshed-service/v1/services');
  const { items } = body as {
    items: Array<{
      service: { name: string };
      verdict: { kind: string; rung?: string };
    }>;
  };
  const verdicts = new Set(
    items.map(({ verdict }) =>
      verdict.kind === 'known' ? verdict.rung : verdict.kind,
    ),
  );
  for (const expected of [
    'enforced',
    'audit',
    'opportunistic',
    'identityUnhealthy',
    'partiallyMeshed',
    'notMeshed',
    'unknown',
  ]) {
    assert.ok(verdicts.has(expected), `a service is ${expected}`);
  }
});

test('its documentation is rendered, or the tab says what is missing', async () => {
  await page.goto(`${portal.appUrl}/docs/default/component/cart`);
  await waitUntil(
    'The documentation says something about cart',
    async () => {
      const text = await page.evaluate(() => {
        const collect = (node: ParentNode): string =>
          [...node.querySelectorAll('*')]
            .map(
              element =>
                (element.shadowRoot ? collect(element.shadowRoot) : '') +
                [...element.childNodes]
                  .filter(child => child.nodeType === 3)
                  .map(child => child.textContent)
                  .join(' '),
            )
            .join(' ');
        return collect(document);
      });
      return /cart/i.test(text) && /mkdocs-techdocs-core|ServiceAccount|mesh/i.test(text);
    },
    120,
  );
});

const refusals: Array<{ what: string; values: object; words: RegExp }> = [
  {
    what: 'a reserved name',
    values: { name: 'linkerd-viz' },
    words: /name.*reserved for Linkerd/,
  },
  {
    what: 'an over-long name',
    values: { name: `a${'b'.repeat(62)}` },
    words: /name.*(?:too long|longer)/,
  },
  {
    what: 'port 0',
    values: {
      name: 'zero',
      ports: [{ name: 'http', port: 0, protocol: 'HTTP/1' }],
    },
    words: /ports.*(?:at least|minimum|greater than or equal to) ?1/,
  },
  {
    what: 'a wildcard client',
    values: {
      name: 'open',
      clients: [{ namespace: 'checkout', serviceAccount: '*' }],
    },
    words: /clients.*(?:every meshed workload|pattern)/,
  },
  {
    what: 'a name with a newline in it',
    values: { name: 'cart\n---\nkind: ClusterRoleBinding' },
    words: /name/,
  },
  {
    what: 'an undeclared parameter',
    values: { name: 'sly', neverDeclared: 'x' },
    words: /neverDeclared/,
  },
  {
    what: "another team's name as owner",
    values: { name: 'stolen', owner: 'group:default/payments' },
    words: /payments/,
  },
];

for (const { what, values, words } of refusals) {
  test(`${what}, sent past the form, is refused with the right words and leaves nothing behind`, async () => {
    const repositories = repositoriesIn(portal.repositories);
    const answer = await guest.ask({ ...cartService, ...values });
    if ('task' in answer) {
      assert.equal(answer.task.status, 'failed', answer.task.log);
      assert.match(answer.task.log, words);
    } else {
      assert.match(answer.refused, words);
    }
    assert.deepEqual(repositoriesIn(portal.repositories), repositories);
  });
}

test('a taken name is refused to another team, naming the owner', async () => {
  const repositories = repositoriesIn(portal.repositories);
  const ada = await PortalApi.asAda(portal.backendUrl);
  const answer = await ada.ask({
    ...cartService,
    owner: 'group:default/payments',
  });
  assert.ok('task' in answer, JSON.stringify(answer));
  assert.equal(answer.task.status, 'failed');
  assert.match(answer.task.log, /group:default\/shop/);
  assert.deepEqual(repositoriesIn(portal.repositories), repositories);
});

test('another team may not ask in the name of the shop', async () => {
  const ada = await PortalApi.asAda(portal.backendUrl);
  const answer = await ada.ask({ ...cartService, name: 'adas' });
  assert.ok('task' in answer, JSON.stringify(answer));
  assert.equal(answer.task.status, 'failed');
  assert.match(answer.task.log, /shop/);
  assert.ok(!existsSync(path.join(portal.repositories, 'adas.git')));
});

test('the form says what is wrong with a name while it is typed', async () => {
  await openTemplate(page, portal.appUrl);
  await page.getByLabel(/^Name/).first().fill('kube-cart');
  await page.getByText(/reserved for Kubernetes/).waitFor();
  await page.getByLabel(/^Name/).first().fill('cart');
  await page.getByText(/taken|group:default\/shop/).first().waitFor();
});

test('the same request again changes nothing', async () => {
  before_ = repositoriesIn(portal.repositories);
  const answer = await guest.ask(cartService);
  assert.ok('task' in answer, JSON.stringify(answer));
  assert.equal(answer.task.status, 'completed', answer.task.log);
  assert.match(answer.task.log, /unchanged/);
  assert.deepEqual(repositoriesIn(portal.repositories), before_);
});

test('after a stop and a start the portal still knows everything', async () => {
  portal = await portal.restart();
  guest = await PortalApi.asGuest(portal.backendUrl);
  const { body } = await guest.request(
    'GET',
    'scaffolder/v2/tasks?limit=100',
  );
  const { tasks } = body as { tasks: Array<{ status: string }> };
  assert.ok(tasks.some(({ status }) => status === 'completed'));
  assert.ok(await guest.entity('component', 'cart'));
  assert.deepEqual(repositoriesIn(portal.repositories), before_);
  await openEntity(page, 'cart');
  await page
    .getByText(/declared, nothing observed yet/i)
    .first()
    .waitFor();
});

test('no page has thrown', () => {
  assert.deepEqual(errors, []);
});
