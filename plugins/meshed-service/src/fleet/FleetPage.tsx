import { Container, Flex } from '@backstage/ui';
import type { ServicesResponse } from '@meshway/plugin-meshed-service-common';
import { useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useNow, type Loadable } from '../loading';
import { ExportFleet } from './ExportFleet';
import { FleetFilters } from './FleetFilters';
import {
  narrowed,
  parametersOf,
  queryOf,
  questionFrom,
  type FleetQuestion,
} from './FleetQuestion';
import { FleetView } from './FleetView';
import { useChoices } from './useChoices';
import { useFleet } from './useFleet';

/** Every meshed service that the visitor may see. What is asked stands in the address. */
export const FleetPage = () => {
  const [parameters, setParameters] = useSearchParams();
  const question = questionFrom(parameters);
  const ask = (next: FleetQuestion) =>
    setParameters(parametersOf(next), { replace: next.page === question.page });
  const { shown, pending } = useHeldOver(useFleet(queryOf(question)));
  return (
    <Container>
      <Flex direction="column" gap="5">
        <FleetFilters
          {...useChoices()}
          filters={question.filters}
          onChange={filters => ask(narrowed(question, filters))}
        />
        <FleetView
          fleet={shown}
          question={question}
          onAsk={ask}
          now={useNow()}
          pending={pending}
        />
        <ExportFleet question={question} />
      </Flex>
    </Container>
  );
};

/** Keeps what was shown until the next answer comes, so that a page does not blink with every letter that is typed. */
function useHeldOver(fleet: Loadable<ServicesResponse>): {
  shown: Loadable<ServicesResponse>;
  pending: boolean;
} {
  const last = useRef<Loadable<ServicesResponse>>();
  if (fleet.kind !== 'loading') last.current = fleet;
  const held = last.current;
  const pending = fleet.kind === 'loading' && held?.kind === 'ready';
  return { shown: pending && held ? held : fleet, pending };
}
