import { provisioningParts } from '@meshway/plugin-meshed-service-common';
import { operations } from '../openapi';
import { createRouter } from './createRouter';
import type { RouterServices } from './RouterServices';

describe('the router', () => {
  it('has no route that its document does not name', () => {
    const rateLimits = { plansPerMinute: 1, writesPerMinute: 1 };
    // Nothing is asked here, so nobody has to answer.
    const services = { publishing: { config: { rateLimits } } };
    const router = createRouter(services as unknown as RouterServices);
    const routes = router.stack.flatMap(({ route }) =>
      route
        ? Object.keys(Object(route).methods).flatMap(method =>
            inDocument(route.path).map(path => `${method} ${path}`),
          )
        : [],
    );
    expect(routes.sort()).toEqual(
      [
        ...operations.map(({ method, path }) => `${method} ${path}`),
        // The document itself.
        'get /v1/openapi.json',
      ].sort(),
    );
  });
});

/** @returns a path of Express in OpenAPI's spelling; the words that it takes for a part, one by one. */
function inDocument(path: string): string[] {
  const spelled = path.replace(/:(\w+)/g, '{$1}').replace('*', '{path}');
  return spelled.endsWith('/{part}')
    ? provisioningParts.map(part => spelled.replace('{part}', part))
    : [spelled];
}
