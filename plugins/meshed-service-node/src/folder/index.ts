/**
 * Folders of texts that the platform team keeps: skeletons and guardrails.
 *
 *   folder ─► readTexts ─► content by path
 *                └─► InputError (the file, the setting)
 */
export { readTexts } from './readTexts';
