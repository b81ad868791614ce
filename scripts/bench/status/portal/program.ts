import { createBackend } from '@backstage/backend-defaults';
import { answering } from '../aside';
import { fix, fixedAnswers } from './fixedAnswers';
import { longestBlock, memory } from './gauges';

const backend = createBackend();
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@meshway/plugin-permission-backend-module-meshed-service'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@meshway/plugin-catalog-backend-module-meshed-service'));
backend.add(import('@meshway/plugin-meshed-service-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(fixedAnswers);
const started = backend.start();

answering({
  started: async () => {
    await started;
  },
  fix: ({ name, object }: { name: string; object: unknown }) =>
    fix(name, object),
  memory,
  longestBlock,
});
