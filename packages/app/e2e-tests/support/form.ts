import type { Page } from 'playwright-core';
import { cartService } from './cartService';

/** Opens the form of the template. */
export async function openTemplate(page: Page, appUrl: string): Promise<void> {
  await page.goto(`${appUrl}/create/templates/default/meshed-service`);
  await page.getByLabel(/^Name/).first().waitFor();
}

/** Fills the form for the cart service, page by page, as a person would, up to the button that creates. */
export async function fillCartForm(page: Page): Promise<void> {
  const next = () =>
    page.getByRole('button', { name: /^(Next|Check|Review)$/ }).click();
  await page.getByLabel(/^Name/).first().fill(cartService.name);
}
