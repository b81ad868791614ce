/**
 * Who may import whom (architecture, "Direction of dependency"). Whatever is not listed is refused.
 *
 *   admission ◄─ common ◄─ node ◄─ { backend, scaffolder module, catalog module, cli }
 *                common ◄─ { frontend, permission module, Tech Insights module }
 *
 * A new package or room is refused by `directions.test.js` until it has a line here.
 */
const common = '@meshway/plugin-meshed-service-common';
const node = '@meshway/plugin-meshed-service-node';
const admission = '@meshway/admission';

/** Our packages, each with those of ours that its source may import. Tests may import more. */
exports.packages = {
  [admission]: [],
  [common]: [admission],
  [node]: [admission, common],
  '@meshway/plugin-meshed-service': [common],
  '@meshway/plugin-meshed-service-backend': [admission, common, node],
  '@meshway/plugin-scaffolder-backend-module-meshed-service': [
    admission,
    common,
    node,
  ],
  '@meshway/plugin-catalog-backend-module-meshed-service': [common, node],
  '@meshway/plugin-permission-backend-module-meshed-service': [common],
  '@meshway/plugin-tech-insights-backend-module-meshed-service': [common],
  '@meshway/cli': [admission, common, node],
  // Real systems for tests: it knows none of ours, and only tests know it.
  '@meshway/test-platform': [],
  app: ['@meshway/plugin-meshed-service'],
  backend: [
    '@meshway/plugin-meshed-service-backend',
    '@meshway/plugin-scaffolder-backend-module-meshed-service',
    '@meshway/plugin-catalog-backend-module-meshed-service',
    '@meshway/plugin-permission-backend-module-meshed-service',
  ],
};

/**
 * The rooms of the pure core, each with the rooms (and single files) that its source may import.
 * `status` takes the spec as a parameter, so it may name its type.
 */
exports.rooms = {
  [common]: {
    model: [],
    spec: ['model'],
    manifests: ['model', 'spec'],
    stamp: ['model', 'spec', 'manifests'],
    guardrails: ['model', 'stamp/digest.ts'],
    mesh: ['model'],
    traffic: ['model', 'mesh'],
    status: ['model', 'spec', 'mesh', 'traffic'],
    snapshot: ['model', 'status'],
    api: ['model', 'spec', 'stamp', 'guardrails', 'status'],
  },
};

/** Packages that run anywhere: no Node, no browser, no clock, no chance. */
exports.pure = [admission, common];
