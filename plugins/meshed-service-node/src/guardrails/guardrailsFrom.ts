import {
  GuardrailPack,
  loadGuardrailPack,
} from '@meshway/plugin-meshed-service-common';
import { readTexts } from '../folder';

/** By folder: the plugins of a backend share what was compiled, for as long as the texts stay as they were. */
const compiled = new Map<string, { texts: string; pack: GuardrailPack }>();

/**
 * Reads the pack when it is asked for, so that a change of the rules holds from the next write on, and a broken pack
 * stops writes instead of the portal. Rules are compiled again only when a file has changed.
 *
 * @throws InputError or InvalidGuardrailPackError naming file and line, from the function that is returned.
 *
 * @public
 */
export function guardrailsFrom(folder: string): () => Promise<GuardrailPack> {
  return async () => {
    const files = await readTexts(folder, {
      name: 'The guardrail pack',
      setting: 'meshedService.guardrails.pack',
    });
    const texts = JSON.stringify([...files]);
    const last = compiled.get(folder);
    if (last?.texts === texts) return last.pack;
    const pack = loadGuardrailPack(files);
    compiled.set(folder, { texts, pack });
    return pack;
  };
}
