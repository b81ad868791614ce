/**
 * The portal's backend: wiring only. What is ours lives in plugins/; three folders here belong to this portal alone.
 */
import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('./folders'));
backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-proxy-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

// Who is there, and what they may do.
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('./exampleUsers'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@meshway/plugin-permission-backend-module-meshed-service'));

// What there is.
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@meshway/plugin-catalog-backend-module-meshed-service'));

// Asking for a service, and the truth about it.
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-github'));
backend.add(import('@meshway/plugin-scaffolder-backend-module-meshed-service'));
backend.add(import('@meshway/plugin-meshed-service-backend'));

// Tells open pages what has changed.
backend.add(import('@backstage/plugin-signals-backend'));

// Reading and finding.
backend.add(import('@backstage/plugin-techdocs-backend'));
backend.add(import('./techdocs'));
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-techdocs'));

backend.start();
