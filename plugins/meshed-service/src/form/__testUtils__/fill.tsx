import type { Entity } from '@backstage/catalog-model';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import type { JsonObject } from '@backstage/types';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { meshedServiceApiRef, MeshedServiceClient } from '../../api';
import { callsFieldParts } from '../callsField';
import { clientsFieldParts } from '../clientsField';
import { nameFieldParts } from '../nameField';
import { phaseFieldParts } from '../phaseField';
import { portsFieldParts } from '../portsField';
import { retirementFieldParts } from '../retirementField';
import { reviewFieldParts } from '../reviewField';

const BASE = 'http://backend.test/api/meshed-service';
/** Where the fields ask. */
export const PLAN = `${BASE}/v1/plan`;
export const RETIREMENT = `${BASE}/v1/services/local/cart/cart/retirement`;
export const STATUS = `${BASE}/v1/services/local/cart/cart/status`;

const api = new MeshedServiceClient({
  discoveryApi: { getBaseUrl: async () => BASE },
  fetchApi: mockApis.fetch(),
});

const extensions = [
  nameFieldParts,
  portsFieldParts,
  clientsFieldParts,
  callsFieldParts,
  reviewFieldParts,
  retirementFieldParts,
].map(({ name, component, validation }) => ({ name, component, validation }));
const showing = {
  name: phaseFieldParts.name,
  component: phaseFieldParts.component,
};

/** One page of the form with one field, and what the form hands over at the end. */
export function fill(
  properties: JsonObject,
  initialState: Record<string, never> | JsonObject = {},
  /** What the catalog holds. */
  entities: Entity[] = [],
) {
  const created = jest.fn(async (_values: unknown) => {});
  renderInTestApp(
    <Stepper
      manifest={{
        title: 'Meshed service',
        steps: [{ title: 'Page', schema: { type: 'object', properties } }],
      }}
      extensions={[...extensions, showing]}
      initialState={initialState as Record<string, string>}
      onCreate={created}
    />,
    {
      apis: [
        [meshedServiceApiRef, api],
        [catalogApiRef, catalogApiMock({ entities })],
        mockApis.identity({
          userEntityRef: 'user:default/tester',
          ownershipEntityRefs: [
            'user:default/tester',
            'group:default/checkers',
          ],
        }),
      ],
    },
  );
  return created;
}

/** Leaves the page. */
export const next = async () =>
  userEvent.click(await screen.findByRole('button', { name: 'Review' }));
/** Hands the form over. */
export const create = async () =>
  userEvent.click(await screen.findByRole('button', { name: 'Create' }));

/** A property that is a list, edited by one of our fields. */
export const list = (property: string, field: string) => ({
  [property]: { type: 'array', items: { type: 'object' }, 'ui:field': field },
});
