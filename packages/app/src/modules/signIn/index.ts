/**
 * Who is it? Before anything else is shown.
 *
 *   choice ─► auth provider of the backend (guest | example) ─► identity ─► the portal
 *
 * Both choices are for trying the portal out, and the backend refuses them in production. A company replaces this
 * module by the sign-in page of its own identity provider.
 */
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';

export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SignInPageBlueprint.make({
      params: {
        loader: () => import('./SignInPage').then(module => module.SignInPage),
      },
    }),
  ],
});
