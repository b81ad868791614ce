import {
  clustersResponseSchema,
  ensureRequestSchema,
  exportQuerySchema,
  guardrailsResponseSchema,
  markedStatusSchema,
  MAX_EXPORT,
  phaseRequestSchema,
  planRequestSchema,
  planResponseSchema,
  provisioningParts,
  provisioningReceiptSchema,
  repositoryTreeSchema,
  retirementPlanSchema,
  retirementQuerySchema,
  retireRequestSchema,
  servicesQuerySchema,
  servicesResponseSchema,
  statusBatchRequestSchema,
  statusBatchResponseSchema,
  verificationSchema,
  verifyRequestSchema,
} from '@meshway/plugin-meshed-service-common';
import type { z } from 'zod';

/** One route, for people and generators. */
export type Operation = {
  method: 'get' | 'post' | 'put' | 'delete';
  /** In OpenAPI's spelling. */
  path: string;
  id: string;
  summary: string;
  query?: z.AnyZodObject;
  body?: z.ZodTypeAny;
  response: z.ZodTypeAny;
  /** Answered line by line to those who accept that; each line is a `Progress`. */
  inLines?: true;
  /** Counted by user, and answered with 429 when there are too many. */
  limited?: true;
  /** Answers with an ETag, and with 304 to who has that edition. */
  revalidated?: true;
  /** Another type of content that may be asked for. */
  alsoAs?: string;
};

const service = '/v1/services/{cluster}/{namespace}/{name}';
const tree = '/v1/repositories/{repository}/tree/{branch}';

export const operations: readonly Operation[] = [
  {
    method: 'get',
    path: `${service}/status`,
    id: 'readStatus',
    summary:
      'The truth about the mTLS of one service. Asked with If-None-Match, it answers 304 while nothing but instants differ.',
    response: markedStatusSchema,
    revalidated: true,
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
    summary:
      'The fleet: every service that was asked for or is seen, as far as the caller may see them.',
    query: servicesQuerySchema,
    response: servicesResponseSchema,
  },
  {
    method: 'get',
    path: '/v1/services/export',
    id: 'exportServices',
    summary: `The fleet as a file: JSON, or CSV for a spreadsheet; ${MAX_EXPORT} services at most, in order. Meshway-Services in the head says how many match.`,
    query: exportQuerySchema,
    response: servicesResponseSchema.pick({ items: true }),
    alsoAs: 'text/csv',
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
    limited: true,
  },
  {
    method: 'put',
    path: service,
    id: 'ensureService',
    summary:
      'Makes a service what was asked for. Needs the permission to create for the requested owner while the name is free, then to change for the recorded one; for a handover both.',
    body: ensureRequestSchema,
    response: provisioningReceiptSchema,
    inLines: true,
    limited: true,
  },
  ...provisioningParts.map(part => ({
    method: 'put' as const,
    path: `${service}/${part}`,
    id: `ensure${part[0].toLocaleUpperCase('en-US')}${part.slice(1)}`,
    summary: `Makes one part of a service what was asked for: ${part}. Permissions as for the whole.`,
    body: ensureRequestSchema,
    response: provisioningReceiptSchema,
    inLines: true as const,
    limited: true as const,
  })),
  {
    method: 'put',
    path: `${service}/phase`,
    id: 'setPhase',
    summary:
      'Moves a service to another phase. Forward it is one step at a time, and needs a reason. Needs the permission to change.',
    body: phaseRequestSchema,
    response: provisioningReceiptSchema,
    inLines: true,
    limited: true,
  },
  {
    method: 'post',
    path: `${service}/verify`,
    id: 'verifyService',
    summary:
      'Waits until a service is what was asked for. Needs the permission to read; with completeRole to change.',
    body: verifyRequestSchema,
    response: verificationSchema,
    inLines: true,
    limited: true,
  },
  {
    method: 'get',
    path: `${service}/retirement`,
    id: 'planRetirement',
    summary:
      'What retiring a service would delete, leave, and cannot see; writes nothing. Needs the permission to retire.',
    query: retirementQuerySchema,
    response: retirementPlanSchema,
    limited: true,
  },
  {
    method: 'delete',
    path: service,
    id: 'retireService',
    summary:
      'Takes a service away in reverse order, and nothing that is not its own. Needs the permission to retire.',
    body: retireRequestSchema,
    response: provisioningReceiptSchema,
    inLines: true,
    limited: true,
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
