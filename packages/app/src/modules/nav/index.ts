/**
 * The sidebar: search, the pages that every visitor needs first, then the rest by title.
 *
 *   pages of the installed plugins ─► Sidebar ─► links
 */
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { sidebar } from './Sidebar';

export const navModule = createFrontendModule({
  pluginId: 'app',
  extensions: [sidebar],
});
