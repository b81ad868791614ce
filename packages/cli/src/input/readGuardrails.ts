import { promises as fs } from 'node:fs';
import path from 'node:path';
import {
  GuardrailPack,
  InvalidGuardrailPackError,
  loadGuardrailPack,
} from '@meshway/plugin-meshed-service-common';
import { readTexts } from '@meshway/plugin-meshed-service-node';
import { UnreadableError } from '../UnreadableError';

/** The pack that the package carries; in a checkout, the one that it is made from. */
const carriedPacks = ['guardrails', '../../infra/guardrails'];

/**
 * @param folder - a pack; the baseline pack when absent.
 * @throws UnreadableError, or InputError naming the file: nothing is ever judged by no rules.
 */
export async function readGuardrails(
  folder: string | undefined,
  packageFolder: string,
): Promise<GuardrailPack> {
  const pack = await guardrailFolder(folder, packageFolder);
  const texts = await readTexts(pack, {
    name: 'The guardrail pack',
    setting: '--guardrails',
  });
  try {
    return loadGuardrailPack(texts);
  } catch (error) {
    if (error instanceof InvalidGuardrailPackError)
      throw new UnreadableError(`${pack}: ${error.message}`);
    throw error;
  }
}

/** @returns the folder of a pack; where none is named, the baseline's. */
export async function guardrailFolder(
  named: string | undefined,
  packageFolder: string,
): Promise<string> {
  if (named !== undefined) return named;
  for (const candidate of carriedPacks) {
    const folder = path.resolve(packageFolder, candidate);
    const there = await fs.stat(folder).catch(() => undefined);
    if (there?.isDirectory()) return folder;
  }
  throw new UnreadableError(
    'The baseline guardrails are missing from this installation; name a pack with --guardrails',
  );
}
