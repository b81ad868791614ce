/**
 * Cards, tab and forms in every state, without a backend: `yarn workspace @meshway/plugin-meshed-service start`.
 */
import { createApp } from '@backstage/frontend-defaults';
import { UserIdentity } from '@backstage/core-components';
import {
  createFrontendModule,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import { Container } from '@backstage/ui';
// This page is an app of its own, although its package is a plugin.
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
import '@backstage/ui/css/styles.css';
import type { MeshStatus } from '@meshway/plugin-meshed-service-common';
import { useEffect } from 'react';
import ReactDOM from 'react-dom/client';
import type { Loadable } from '../src/loading';
import {
  aRetirementPlan,
  somebodysConfigMap,
} from '../src/form/__fixtures__/retirements';
import { RetirementView } from '../src/form/RetirementView';
import { now, statuses } from '../src/status/__fixtures__/statuses';
import { MeshStatusView } from '../src/status/MeshStatusView';
import { MeshTabView } from '../src/status/MeshTabView';

const stories: Array<[string, Loadable<MeshStatus>]> = [
  ...Object.entries(statuses).map(
    ([name, value]): [string, Loadable<MeshStatus>] => [
      name,
      { kind: 'ready', value },
    ],
  ),
  [
    'ready, not refreshed',
    {
      kind: 'ready',
      value: statuses.audit,
      notRefreshed: new Error('The backend did not answer.'),
    },
  ],
  ['loading', { kind: 'loading' }],
  ['denied', { kind: 'denied' }],
  [
    'missing',
    { kind: 'missing', because: 'No service local/cart/cart is known.' },
  ],
  [
    'failed',
    {
      kind: 'failed',
      error: new Error('The backend did not answer.'),
      retry: () => {},
    },
  ],
];

const Cards = () => (
  <Container>
    <div
      style={{
        display: 'grid',
        gap: 16,
        padding: '16px 0',
        gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 26rem), 1fr))',
      }}
    >
      {stories.map(([name, status]) => (
        <EntityInfoCard key={name} title={name}>
          <MeshStatusView status={status} now={now} moreAt="/tab" />
        </EntityInfoCard>
      ))}
    </div>
  </Container>
);

const Tab = () => (
  <Container>
    {['partiallyMeshed', 'unknown'].map(name => (
      <MeshTabView
        key={name}
        status={{ kind: 'ready', value: statuses[name] }}
        now={now}
      />
    ))}
  </Container>
);

const Retirement = () => (
  <Container>
    <RetirementView />
    {(
      [
        { kind: 'ready', value: aRetirementPlan() },
        {
          kind: 'ready',
          value: aRetirementPlan({
            foreign: [somebodysConfigMap],
            unseen: ['leases.coordination.k8s.io', 'secrets'],
            problems: [
              {
                code: 'vault-sealed',
                system: 'vault',
                message: 'Vault is sealed.',
                fix: 'Unseal it.',
              },
            ],
          }),
        },
        { kind: 'loading' },
      ] as const
    ).map((plan, place) => (
      <RetirementView key={place} plan={plan} typed="cart" />
    ))}
  </Container>
);

const stage = createFrontendPlugin({
  pluginId: 'stage',
  extensions: [
    PageBlueprint.make({
      name: 'cards',
      params: { path: '/', title: 'Cards', loader: async () => <Cards /> },
    }),
    PageBlueprint.make({
      name: 'tab',
      params: { path: '/tab', title: 'Tab', loader: async () => <Tab /> },
    }),
    PageBlueprint.make({
      name: 'retirement',
      params: {
        path: '/retirement',
        title: 'Retirement',
        loader: async () => <Retirement />,
      },
    }),
  ],
});

/** There is nobody to be: everybody sees every state. */
const nobodySignsIn = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SignInPageBlueprint.make({
      params: {
        loader: async () => props => {
          const { onSignInSuccess } = props;
          useEffect(
            () => onSignInSuccess(UserIdentity.createGuest()),
            [onSignInSuccess],
          );
          return null;
        },
      },
    }),
  ],
});

ReactDOM.createRoot(document.getElementById('root')!).render(
  createApp({ features: [stage, nobodySignsIn] }).createRoot(),
);
