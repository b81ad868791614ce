import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import SecurityIcon from '@material-ui/icons/Security';
import { MeshedServiceClient, meshedServiceApiRef } from './api';
// Past the door of these two rooms, because what stands behind it is loaded only when it is shown.
import { isMeshedService } from './status/serviceOf';
import { FORGE_PATH } from './forge/addressOf';

/** Where all services are shown. */
const FLEET_PATH = '/meshed-services';

const meshedServiceApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: meshedServiceApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: dependencies => new MeshedServiceClient(dependencies),
    }),
});

const statusCard = EntityCardBlueprint.make({
  name: 'status',
  params: {
    filter: isMeshedService,
    loader: () =>
      import('./status').then(({ MeshStatusCard }) => <MeshStatusCard />),
  },
});

const meshTab = EntityContentBlueprint.make({
  name: 'mesh',
  params: {
    path: '/mesh',
    title: 'Mesh',
    filter: isMeshedService,
    loader: () => import('./status').then(({ MeshTab }) => <MeshTab />),
  },
});

const forgePage = PageBlueprint.make({
  name: 'forge',
  params: {
    path: FORGE_PATH,
    noHeader: true,
    loader: () => import('./forge').then(({ ForgePage }) => <ForgePage />),
  },
});

const fleetPage = PageBlueprint.make({
  name: 'fleet',
  params: {
    path: FLEET_PATH,
    title: 'Meshed services',
    icon: <SecurityIcon fontSize="inherit" />,
  },
});
const fleetPages = { id: 'page:meshed-service/fleet', input: 'pages' } as const;

const servicesPage = SubPageBlueprint.make({
  name: 'services',
  attachTo: fleetPages,
  params: {
    path: 'services',
    title: 'Services',
    loader: () => import('./fleet').then(({ FleetPage }) => <FleetPage />),
  },
});

const clustersPage = SubPageBlueprint.make({
  name: 'clusters',
  attachTo: fleetPages,
  params: {
    path: 'clusters',
    title: 'Clusters',
    loader: () =>
      import('./fleet').then(({ ClustersPage }) => <ClustersPage />),
  },
});

const form = () => import('./form');
const formFields = [
  FormFieldBlueprint.make({
    name: 'name',
    params: { field: () => form().then(({ nameField }) => nameField) },
  }),
  FormFieldBlueprint.make({
    name: 'ports',
    params: { field: () => form().then(({ portsField }) => portsField) },
  }),
  FormFieldBlueprint.make({
    name: 'clients',
    params: { field: () => form().then(({ clientsField }) => clientsField) },
  }),
  FormFieldBlueprint.make({
    name: 'calls',
    params: { field: () => form().then(({ callsField }) => callsField) },
  }),
  FormFieldBlueprint.make({
    name: 'review',
    params: { field: () => form().then(({ reviewField }) => reviewField) },
  }),
  FormFieldBlueprint.make({
    name: 'phase',
    params: { field: () => form().then(({ phaseField }) => phaseField) },
  }),
  FormFieldBlueprint.make({
    name: 'retirement',
    params: {
      field: () => form().then(({ retirementField }) => retirementField),
    },
  }),
];

/**
 * The card and the tab of a service, the page of all services, the fields of the forms, and the pages of the portal's own forge.
 * @public
 */
export const meshedServicePlugin = createFrontendPlugin({
  pluginId: 'meshed-service',
  title: 'Mesh',
  info: { packageJson: () => import('../package.json') },
  extensions: [
    meshedServiceApi,
    statusCard,
    meshTab,
    fleetPage,
    servicesPage,
    clustersPage,
    forgePage,
    ...formFields,
  ],
});
