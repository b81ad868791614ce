import {
  GuardrailPack,
  loadGuardrailPack,
} from '@meshway/plugin-meshed-service-common';
import { readTexts } from '../folder';

/**
 * Reads the pack when it is asked for, so that a change of the rules holds from the next write on, and a broken pack
 * stops writes instead of the portal. Rules are compiled again only when a file has changed.
 *
 * @throws InputError or InvalidGuardrailPackError naming file and line, from the function that is returned.
 *
 * @public
 */
export function guardrailsFrom(folder: string): () => Promise<GuardrailPack> {
  let last: { texts: string; pack: GuardrailPack } | undefined;
  return async () => {
    const files = await readTexts(folder, {
      name: 'The guardrail pack',
      setting: 'meshedService.guardrails.pack',
    });
    const texts = JSON.stringify([...files]);
    if (last?.texts !== texts) last = { texts, pack: loadGuardrailPack(files) };
    return last.pack;
  };
}
