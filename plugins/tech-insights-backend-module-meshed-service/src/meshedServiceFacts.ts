import { ResponseError } from '@backstage/errors';
import type {
  FactRetriever,
  FactRetrieverContext,
  TechInsightFact,
} from '@backstage-community/plugin-tech-insights-node';
import {
  apiRoutes,
  servicesResponseSchema,
  ServiceSummary,
} from '@meshway/plugin-meshed-service-common';
import { factsOf } from './factsOf';
import { schema } from './schema';

/** As many as one answer holds. */
const PAGE = 200;

/**
 * What Tech Insights may know of each entity that a meshed service stands behind. What is unknown is a fact of its own:
 * `isKnown` is false then, and nothing else is said about mTLS.
 *
 * @public
 */
export const meshedServiceFacts: FactRetriever = {
  id: 'meshedServiceFacts',
  version: '1.0.0',
  title: 'Meshed services',
  description: 'Where the mTLS of a service stands, and what was found',
  entityFilter: [{ kind: 'component' }],
  schema,
  handler: async context => {
    const facts: TechInsightFact[] = [];
    for await (const page of pagesOf(context))
      facts.push(...page.flatMap(factsOf));
    return facts;
  },
};

async function* pagesOf({
  auth,
  discovery,
}: FactRetrieverContext): AsyncGenerator<ServiceSummary[]> {
  const base = await discovery.getBaseUrl('meshed-service');
  for (let offset = 0, total = 1; offset < total; offset += PAGE) {
    // A fleet takes a while, and a token lives for minutes.
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'meshed-service',
    });
    const query = `sort=name&limit=${PAGE}&offset=${offset}`;
    const response = await fetch(`${base}${apiRoutes.services()}?${query}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    const fleet = servicesResponseSchema.parse(await response.json());
    total = fleet.total;
    yield fleet.items;
  }
}
