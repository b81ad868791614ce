import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { phases } from '@meshway/plugin-meshed-service-common';
import { useCallback } from 'react';
import { meshedServiceApiRef } from '../api';
import { useLoadable, useNow } from '../loading';
import { PhaseView } from './PhaseView';
import { text } from './schemas';
import { serviceNamed } from './serviceNamed';

/** How often a visible form asks again: traffic and Servers move while somebody thinks. */
const POLL_SECONDS = 30;

const PhaseField = (props: FieldExtensionComponentProps<string>) => {
  const { service, phase } = props.formContext?.formData ?? {};
  const to = phases.find(each => each === phase);
  return typeof service === 'string' && service && to ? (
    <Seen entityRef={service} to={to} />
  ) : (
    <PhaseView />
  );
};

const Seen = (props: { entityRef: string; to: (typeof phases)[number] }) => {
  const { entityRef, to } = props;
  const api = useApi(meshedServiceApiRef);
  const catalog = useApi(catalogApiRef);
  const read = useCallback(
    async (signal: AbortSignal) =>
      api.readStatus(await serviceNamed(entityRef, catalog), { signal }),
    [api, catalog, entityRef],
  );
  const status = useLoadable(read, { everySeconds: POLL_SECONDS });
  return <PhaseView status={status} to={to} now={useNow()} />;
};

/**
 * `MeshedServicePhase`: shows where the Servers of a service stand, what the chosen phase makes of them, and whom it would cut
 * off, as far as it was seen. It stops nobody: whether the move is one, and with what reason, the server decides.
 */
export const phaseFieldParts = {
  name: 'MeshedServicePhase',
  component: PhaseField,
  schema: text,
};

/** As the app takes it. */
export const phaseField = createFormField(phaseFieldParts);
