import type { Page } from 'playwright-core';
import { cartService } from './cartService';
import { picture } from './pictures';

/** Opens the form of a template; the one that makes services when absent. */
export async function openTemplate(
  page: Page,
  appUrl: string,
  template = 'meshed-service',
): Promise<void> {
  await page.goto(`${appUrl}/create/templates/default/${template}`);
  await page.getByRole('textbox').first().waitFor();
}

/** Picks a service and the phase that it shall be in, up to the button that changes it. */
export async function choosePhase(
  page: Page,
  service: string,
  phase: string,
): Promise<void> {
  await pick(page, 'Service', service);
  await choose(page, 'Phase', phase);
  await page.getByRole('button', { name: 'Check' }).click();
}

/** Picks the service that shall go and types its namespace, up to the button that retires it. */
export async function typeIn(
  page: Page,
  { service, namespace }: { service: string; namespace: string },
): Promise<void> {
  await pick(page, 'Service', service);
  await page
    .getByRole('textbox', { name: 'Type the name of its namespace' })
    .fill(namespace);
  await page.getByRole('button', { name: 'Check' }).click();
}

/** The name of the service, on the first page of the form. */
export const nameField = (page: Page) =>
  page.getByRole('textbox', { name: 'Name', exact: true });

/** The request for the cart service, page by page as a person fills it in, up to the button that creates. */
export async function fillCartForm(page: Page): Promise<void> {
  const { description, lifecycle, workload, ports, clients, calls, phase } =
    cartService;

  await nameField(page).fill(cartService.name);
  await pick(page, 'Owner', 'Shop');
  await page.getByLabel('Image').fill(workload.image);
  await page.getByLabel('Description').fill(description);
  await pick(page, 'System', 'OpenTelemetry demo');
  await choose(page, 'Lifecycle', lifecycle);
  await picture(page, 'form-service');
  await next(page);

  const [port] = ports;
  await page.getByTestId('ports[0].name').fill(port.name);
  await page.getByTestId('ports[0].port').fill(String(port.port));
  await page.getByTestId('ports[0].protocol').selectOption(port.protocol);
  await page.getByTestId('ports[0].probes-add').click();
  for (const [index, client] of clients.entries()) {
    await page.getByTestId('clients-add').click();
    await fillAll(page, `clients[${index}]`, client);
  }
  await picture(page, 'form');
  await next(page);

  for (const [index, call] of calls.entries()) {
    await page.getByTestId('calls-add').click();
    await fillAll(page, `calls[${index}]`, call);
  }
  await next(page);

  await choose(page, 'Phase', phase);
  await next(page);
  await page.getByText('Which secrets it reads from Vault').waitFor();
  await next(page);
  await page.getByText('How it gets into the cluster').waitFor();
  await next(page);

  await page.getByText('Nothing stands against it').waitFor();
  await picture(page, 'review');
  await page.getByRole('button', { name: 'Check' }).click();
}

const next = (page: Page) => page.getByRole('button', { name: 'Next' }).click();

/** Fills the fields of one entry of a list. */
async function fillAll(page: Page, path: string, entry: object) {
  for (const [field, value] of Object.entries(entry)) {
    await page.getByTestId(`${path}.${field}`).fill(String(value));
  }
}

/** Picks an entity from the catalog, by the title that people see. */
async function pick(page: Page, field: string, title: string) {
  await page.getByRole('textbox', { name: field }).fill(title);
  await page.getByRole('option', { name: title, exact: true }).first().click();
}

async function choose(page: Page, field: string, value: string) {
  await page.getByRole('button', { name: field }).click();
  await page.getByRole('option', { name: value, exact: true }).click();
}
