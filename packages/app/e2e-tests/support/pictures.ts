import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

/** Keeps a picture of a page when `MESHWAY_PICTURES` names a folder: how the pictures of the README are made. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.MESHWAY_PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.waitForTimeout(1000);
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
