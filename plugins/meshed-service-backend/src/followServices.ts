import type {
  AuthService,
  LifecycleService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  MeshedServicePublishing,
  MeshStatuses,
  SERVICE_PUBLISHED_TOPIC,
} from '@meshway/plugin-meshed-service-node';
import { opaqueKeys, StatusAnnouncements } from './announcements';
import { AnnotatedServices } from './catalog';
import { DeclaredServices } from './declared';
import { StatusMetrics } from './metrics';
import { FallNotifications } from './notifications';
import { ServiceStatuses, SourceOverview, StatusEditions } from './statuses';

/** What the portal offers to whoever follows services. */
type Portal = {
  publishing: MeshedServicePublishing;
  auth: AuthService;
  catalog: CatalogService;
  events: EventsService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  metrics: MetricsService;
  notifications: NotificationService;
  signals: SignalsService;
};

/** Starts to follow what was asked for and what is seen; ends with the portal. */
export async function followServices(
  observed: MeshStatuses,
  {
    publishing: { config, forge, registry },
    lifecycle,
    logger,
    ...portal
  }: Portal,
): Promise<{
  statuses: ServiceStatuses;
  sources: SourceOverview;
  metrics: StatusMetrics;
}> {
  const onProblem = (problem: string) => logger.warn(problem);
  const declared = new DeclaredServices(forge, registry.repository, logger);
  const annotated = new AnnotatedServices(portal.catalog, portal.auth, {
    clusters: config.clusters.map(({ name }) => name),
    onProblem,
  });
  const editions = new StatusEditions(declared, observed, annotated, {
    keyOf: opaqueKeys(),
    logger,
  });

  const announcements = new StatusAnnouncements(portal.signals, { onProblem });
  editions.subscribe(({ edition }) => {
    if (edition) announcements.announce(edition.mark);
  });
  const { notifyAfterSeconds } = config.statuses;
  const falls = new FallNotifications(portal.notifications, {
    afterMilliseconds: notifyAfterSeconds * 1_000,
    onProblem,
  });
  if (notifyAfterSeconds > 0) {
    editions.subscribe(change => falls.see(change));
    falls.start();
  }
  await portal.events.subscribe({
    id: 'meshed-service-statuses',
    topics: [SERVICE_PUBLISHED_TOPIC],
    onEvent: ({ eventPayload }) => declared.lookAgain(serviceIn(eventPayload)),
  });

  for (const part of [declared, annotated, editions]) part.start();
  lifecycle.addStartupHook(() => observed.start());
  lifecycle.addShutdownHook(async () => {
    const parts = [falls, announcements, editions, annotated, declared];
    for (const part of parts) part.stop();
    await observed.stop();
  });
  return {
    statuses: new ServiceStatuses(declared, observed, editions),
    sources: new SourceOverview(observed, [declared, annotated]),
    metrics: new StatusMetrics(portal.metrics, {
      summaries: () => editions.computed,
      sources: () => observed.sources(),
    }),
  };
}

function serviceIn(payload: unknown): string {
  const isNamed =
    typeof payload === 'object' && payload !== null && 'service' in payload;
  return isNamed ? String(payload.service) : '';
}
