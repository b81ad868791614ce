import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { Router } from 'express';

const objects = new Map<string, unknown>();

/** What `/api/bench-fixed/:name` answers from now on. */
export function fix(name: string, object: unknown): void {
  objects.set(name, object);
}

/** A route that could not do less: it knows who asks, and answers an object that never changes. */
export const fixedAnswers = createBackendPlugin({
  pluginId: 'bench-fixed',
  register({ registerInit }) {
    registerInit({
      deps: {
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
      },
      async init({ httpAuth, httpRouter }) {
        const router = Router();
        router.get('/:name', async (request, response, next) => {
          try {
            await httpAuth.credentials(request);
            response.json(objects.get(request.params.name));
          } catch (error) {
            next(error);
          }
        });
        httpRouter.use(router);
      },
    });
  },
});
