import { parseEntityRef } from '@backstage/catalog-model';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  formatServiceRef,
  ServiceSummary,
} from '@meshway/plugin-meshed-service-common';
import type { Fall } from './Falls';

/** So many are told one by one; more of one owner are told together. */
const MOST_ALONE = 3;
const MOST_NAMED = 10;

/** @returns what is sent: to each owner about each service, or about many of them at once. */
export function messagesOf(falls: readonly Fall[]): NotificationSendOptions[] {
  const groups = new Map<string, Fall[]>();
  for (const fall of falls) {
    const key = `${fall.kind} ${fall.owner}`;
    groups.set(key, [...(groups.get(key) ?? []), fall]);
  }
  return [...groups.values()].flatMap(group =>
    group.length > MOST_ALONE ? [aboutMany(group)] : group.map(aboutOne),
  );
}

function aboutOne({ kind, owner, summary }: Fall): NotificationSendOptions {
  const { service } = summary;
  const link = linkTo(summary);
  return {
    recipients: { type: 'entity', entityRef: owner },
    payload: {
      title:
        kind === 'fallen'
          ? `${service.name} has fallen: ${summary.state}`
          : `${service.name} has recovered`,
      description: summary.summary,
      severity: kind === 'fallen' ? 'high' : 'low',
      topic: 'meshed-service',
      // Several processes of a portal see the same; one scope makes one notification of it.
      scope: `meshed-service:${formatServiceRef(service)}`,
      ...(link ? { link } : {}),
    },
  };
}

function aboutMany(falls: readonly Fall[]): NotificationSendOptions {
  const [{ kind, owner }] = falls;
  const names = falls.map(({ summary }) => formatServiceRef(summary.service));
  const left = names.length - MOST_NAMED;
  return {
    recipients: { type: 'entity', entityRef: owner },
    payload: {
      title: `${names.length} services have ${kind}`,
      description: `${names.slice(0, MOST_NAMED).join(', ')}${
        left > 0 ? ` and ${left} more` : ''
      }`,
      severity: kind === 'fallen' ? 'high' : 'low',
      topic: 'meshed-service',
      scope: `meshed-service:many:${kind}`,
    },
  };
}

function linkTo({ entityRef }: ServiceSummary): string | undefined {
  if (!entityRef) return undefined;
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return `/catalog/${[namespace, kind, name]
    .map(encodeURIComponent)
    .join('/')}`;
}
