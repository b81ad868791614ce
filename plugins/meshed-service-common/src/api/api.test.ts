import { anObservation, aPod, aServer, aService } from '../testUtils';
import { evaluateMeshStatus } from '../status';
import {
  apiRoutes,
  meshStatusSchema,
  servicesQuerySchema,
  statusBatchRequestSchema,
} from '.';

describe('wire types', () => {
  it('carry a status whole', () => {
    const status = evaluateMeshStatus(
      undefined,
      anObservation([aPod(), aServer()]),
      undefined,
      '2026-01-31T10:00:00Z',
    );
    const wire = JSON.parse(JSON.stringify(status));
    expect(meshStatusSchema.parse(wire)).toEqual(status);
  });

  it('ignore what a newer backend adds to an answer, and refuse what a request adds', () => {
    const service = { ...aService, extra: 1 };
    expect(
      statusBatchRequestSchema.safeParse({ services: [service] }).success,
    ).toBe(false);
  });

  it('bound a batch', () => {
    const services = Array.from({ length: 101 }, () => aService);
    expect(statusBatchRequestSchema.safeParse({ services }).success).toBe(
      false,
    );
  });

  it('read numbers of a query from text, within bounds', () => {
    expect(servicesQuerySchema.parse({ limit: '10' })).toEqual({
      sort: 'state',
      descending: false,
      limit: 10,
      offset: 0,
    });
    expect(servicesQuerySchema.safeParse({ limit: '1e9' }).success).toBe(false);
  });

  it('quote every part of a path', () => {
    expect(
      apiRoutes.status({ cluster: 'eu 1', namespace: 'a/b', name: 'c?d' }),
    ).toBe('/v1/services/eu%201/a%2Fb/c%3Fd/status');
  });
});
