import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { mkdirSync } from 'node:fs';

/** Folders that have been made. */
const foldersServiceRef = createServiceRef<readonly string[]>({
  id: 'meshway.folders',
  scope: 'root',
});

/**
 * Makes `backend.workingDirectory` before any plugin starts: the scaffolder and TechDocs refuse to work in a folder
 * that does not exist, and a fresh clone has none.
 */
export default createServiceFactory({
  service: foldersServiceRef,
  initialization: 'always',
  deps: { config: coreServices.rootConfig },
  factory({ config }) {
    const folder = config.getOptionalString('backend.workingDirectory');
    if (!folder) return [];
    mkdirSync(folder, { recursive: true });
    return [folder];
  },
});
