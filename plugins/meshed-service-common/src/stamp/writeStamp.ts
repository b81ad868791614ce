import { toYaml } from '../manifests';
import type { Stamp } from './Stamp';

const banner =
  '# What was asked for, and what was made of it. Meshway writes this file: propose a change instead of editing it.\n';

/** @returns the text of `meshed.service.yaml`; `readStamp` takes it back without loss. @public */
export function writeStamp(stamp: Stamp): string {
  return banner + toYaml(stamp);
}
