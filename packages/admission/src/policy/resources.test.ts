import { resourceOf } from './resources';

describe('resourceOf', () => {
  it.each([
    ['Server', 'servers'],
    ['NetworkPolicy', 'networkpolicies'],
    ['HTTPLocalRateLimitPolicy', 'httplocalratelimitpolicies'],
    ['Gateway', 'gateways'],
    ['Ingress', 'ingresses'],
    ['WorkloadPatch', 'workloadpatches'],
    ['Endpoints', 'endpoints'],
  ])('knows the resource of %s', (kind, resource) => {
    expect(resourceOf(kind)).toBe(resource);
  });
});
