import {
  clustersResponseSchema,
  guardrailsResponseSchema,
  meshStatusSchema,
  planRequestSchema,
  planResponseSchema,
  repositoryTreeSchema,
  servicesQuerySchema,
  servicesResponseSchema,
  statusBatchRequestSchema,
  statusBatchResponseSchema,
} from '@meshway/plugin-meshed-service-common';
import type { z } from 'zod';

/** One route, for people and generators. */
export type Operation = {
  method: 'get' | 'post';
  /** In OpenAPI's spelling. */
  path: string;
  id: string;
  summary: string;
  query?: z.AnyZodObject;
  body?: z.ZodTypeAny;
  response: z.ZodTypeAny;
};

const service = '/v1/services/{cluster}/{namespace}/{name}';
const tree = '/v1/repositories/{repository}/tree/{branch}';

export const operations: readonly Operation[] = [
  {
    method: 'get',
    path: `${service}/status`,
    id: 'readStatus',
    summary: 'The truth about the mTLS of one service.',
    response: meshStatusSchema,
  },
  {
    method: 'post',
    path: '/v1/services/status',
    id: 'readStatuses',
    summary: 'Of several services; each is answered on its own, in order.',
    body: statusBatchRequestSchema,
    response: statusBatchResponseSchema,
  },
  {
    method: 'get',
    path: '/v1/services',
    id: 'listServices',
    summary: 'The fleet: every service that was asked for or is seen.',
    query: servicesQuerySchema,
    response: servicesResponseSchema,
  },
  {
    method: 'get',
    path: '/v1/clusters',
    id: 'listClusters',
    summary: 'Clusters, and how old and how whole their data is.',
    response: clustersResponseSchema,
  },
  {
    method: 'get',
    path: '/v1/guardrails',
    id: 'listGuardrails',
    summary:
      'The rules that judge every write. 503 while the pack cannot be used: then nothing can be written.',
    response: guardrailsResponseSchema,
  },
  {
    method: 'post',
    path: '/v1/plan',
    id: 'planService',
    summary:
      'What a request would do; writes nothing. Needs the permission to create for the requested owner.',
    body: planRequestSchema,
    response: planResponseSchema,
  },
  {
    method: 'get',
    path: tree,
    id: 'readRepository',
    summary: "The root folder of a service's repository.",
    response: repositoryTreeSchema,
  },
  {
    method: 'get',
    path: `${tree}/{path}`,
    id: 'readRepositoryPath',
    summary:
      "A folder or file of a service's repository; the path may hold slashes.",
    response: repositoryTreeSchema,
  },
];
