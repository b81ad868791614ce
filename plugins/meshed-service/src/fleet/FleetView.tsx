import {
  Button,
  Flex,
  Link,
  Skeleton,
  TablePagination,
  Text,
} from '@backstage/ui';
import type { ServicesResponse } from '@meshway/plugin-meshed-service-common';
import type { ReactNode } from 'react';
import { staleOf } from '../status/staleOf';
import { AskForAccess, CouldNotLoad, Waiting, type Loadable } from '../loading';
import {
  narrowed,
  pageSizes,
  sortedBy,
  type FleetQuestion,
} from './FleetQuestion';
import { Distribution } from './Distribution';
import { FleetTable } from './FleetTable';

const WHAT = 'the meshed services';

/** Where the fleet stands and the services of a page, for every way in which they may or may not be there. */
export const FleetView = (props: {
  fleet: Loadable<ServicesResponse>;
  question: FleetQuestion;
  onAsk: (question: FleetQuestion) => void;
  now: Date;
  /** The answer to an earlier question is shown until the one to this comes. */
  pending?: boolean;
}) => {
  const { fleet, question, onAsk, now, pending } = props;
  switch (fleet.kind) {
    case 'loading':
      return (
        <Waiting says={`Loading ${WHAT}`}>
          <Skeleton width="100%" height={160} />
          {Array.from({ length: 6 }, (_, line) => (
            <Skeleton key={line} width="100%" height={32} />
          ))}
        </Waiting>
      );
    case 'denied':
      return <AskForAccess what={WHAT} because={fleet.because} />;
    case 'missing':
      return <Nothing title="There is no fleet here">{fleet.because}</Nothing>;
    case 'failed':
      return (
        <CouldNotLoad what={WHAT} error={fleet.error} retry={fleet.retry} />
      );
    default: {
      const {
        items,
        counts,
        total,
        unread = 0,
        oldestObservedAt,
      } = fleet.value;
      // The picture counts more than the page shows.
      const past = [...items, { observedAt: oldestObservedAt }].some(seen =>
        staleOf(seen, fleet.readAt, now),
      );
      return (
        <Flex direction="column" gap="5">
          {fleet.notRefreshed && (
            <Text as="p" variant="body-small" weight="bold" role="status">
              Could not refresh: {fleet.notRefreshed.message}
            </Text>
          )}
          {unread > 0 && (
            <Text
              as="p"
              variant="body-small"
              role="status"
              data-testid="meshway-unread"
            >
              Of {unread === 1 ? 'one service' : `${unread} services`} it is not
              known yet what was asked for: its stamp is still to be read.
            </Text>
          )}
          {past && (
            <Text
              as="p"
              variant="body-small"
              weight="bold"
              role="status"
              data-testid="meshway-fleet-past"
            >
              Some of this was seen long ago, and may be otherwise now.
            </Text>
          )}
          {counts && (
            <Distribution
              past={past}
              counts={counts}
              chosen={question.filters.verdict}
              onChoose={verdict =>
                onAsk(narrowed(question, { ...question.filters, verdict }))
              }
            />
          )}
          {items.length > 0 ? (
            <FleetTable
              services={items}
              sort={question.sort}
              descending={question.descending}
              onSort={order => onAsk(sortedBy(question, order))}
              now={now}
              readAt={fleet.readAt}
              pending={pending}
            />
          ) : (
            <Empty total={total} question={question} onAsk={onAsk} />
          )}
          {total > 0 && (
            <Pages total={total} question={question} onAsk={onAsk} />
          )}
        </Flex>
      );
    }
  }
};

const Pages = (props: {
  total: number;
  question: FleetQuestion;
  onAsk: (question: FleetQuestion) => void;
}) => {
  const { total, question, onAsk } = props;
  const { page, pageSize } = question;
  const offset = page * pageSize;
  return (
    <TablePagination
      pageSize={pageSize}
      pageSizeOptions={[...pageSizes]}
      offset={offset}
      totalCount={total}
      hasPreviousPage={page > 0}
      hasNextPage={offset + pageSize < total}
      onPreviousPage={() => onAsk({ ...question, page: page - 1 })}
      onNextPage={() => onAsk({ ...question, page: page + 1 })}
      onPageSizeChange={size => onAsk({ ...question, pageSize: size, page: 0 })}
      showPageSizeOptions
    />
  );
};

/** No line to show: nothing matches, the page lies behind the end, or there is nothing at all. */
const Empty = (props: {
  total: number;
  question: FleetQuestion;
  onAsk: (question: FleetQuestion) => void;
}) => {
  const { total, question, onAsk } = props;
  if (total > 0)
    return (
      <Nothing
        title="There is no such page"
        action={
          <Button
            variant="secondary"
            onPress={() => onAsk({ ...question, page: 0 })}
          >
            Go to the first page
          </Button>
        }
      >
        There are fewer services by now.
      </Nothing>
    );
  if (Object.values(question.filters).some(Boolean))
    return (
      <Nothing
        title="No service is like that"
        action={
          <Button
            variant="secondary"
            onPress={() => onAsk(narrowed(question, {}))}
          >
            Show all
          </Button>
        }
      >
        None of the services that you may see fits all of the filters.
      </Nothing>
    );
  return (
    <Nothing
      title="There is no meshed service yet"
      action={<Link href="/create">Create one</Link>}
    >
      Nobody has asked for one, and none that you may see runs in a cluster of
      this platform.
    </Nothing>
  );
};

const Nothing = (props: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) => (
  <Flex
    direction="column"
    gap="2"
    align="start"
    data-testid="meshway-fleet-empty"
  >
    <Text as="h3" variant="body-large" weight="bold">
      {props.title}
    </Text>
    <Text as="p" variant="body-medium" color="secondary">
      {props.children}
    </Text>
    {props.action}
  </Flex>
);
