import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { root } from './Portal';

/** Keeps a picture of a page when `MESHWAY_PICTURES` names a folder: how the pictures of the README are made. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.MESHWAY_PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.waitForTimeout(1000);
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

/** Keeps what the browser showed when a step failed, beside the other logs. */
export async function pictureOfFailure(
  page: Page,
  step: string,
): Promise<void> {
  const name = step.replace(/\W+/g, '-').slice(0, 60);
  const file = path.join(root, '.meshway/logs', `browser-${name}.png`);
  mkdirSync(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file, fullPage: true }).catch(() => undefined);
}
