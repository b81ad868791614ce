import {
  gatewayDefinitions,
  linkerdDefinitions,
  vaultOperatorDefinitions,
} from '../cluster/definitions';
import { imitatedInjector } from '../cluster/injector';
import { writeKubeconfig } from '../cluster/kubeconfig';
import { createPortalAccounts } from '../cluster/portalAccounts';
import { untilInjected, untilServed } from '../cluster/settle';
import type { ApiServer } from '../cluster/ApiServer';
import type { KubernetesState } from '../state';
import { bootApiServer, type Credentials } from './apiServer';
import type { Boot } from './Boot';
import { bootControllerManager } from './controllers';
import { bootEtcd } from './etcd';

export type Cluster = { server: ApiServer; credentials: Credentials };

/** Boots the API server and its controllers, and lays out what a meshed cluster has. */
export async function bootKubernetes(boot: Boot): Promise<{
  cluster: Cluster;
  state: KubernetesState;
  contents: Record<string, string>;
}> {
  const etcd = await bootEtcd(boot);
  const cluster = await bootApiServer(boot, etcd);
  const { server, credentials } = cluster;
  const linkerd = linkerdDefinitions();
  const gateway = gatewayDefinitions();
  const vaultOperator = vaultOperatorDefinitions();
  const definitions = [linkerd, gateway, vaultOperator].flatMap(
    ({ objects }) => objects,
  );
  await Promise.all([
    bootControllerManager(boot, credentials),
    applyAll(server, [...definitions, ...imitatedInjector()]),
  ]);
  const [portal] = await Promise.all([
    createPortalAccounts(server, credentials),
    untilServed(server, definitions),
    untilInjected(server),
  ]);
  const { admin } = credentials.tokens;
  return {
    cluster,
    state: {
      url: credentials.url,
      caFile: credentials.authorityFile,
      etcd,
      adminToken: admin,
      kubeconfigs: {
        ...portal.kubeconfigs,
        admin: writeKubeconfig(credentials, 'admin', admin),
      },
    },
    contents: {
      'Linkerd kinds': linkerd.origin,
      'Gateway API kinds': gateway.origin,
      'Vault Secrets Operator kinds': vaultOperator.origin,
      'Linkerd injector':
        'imitated by a MutatingAdmissionPolicy; there is no control plane and no proxy runs',
      'Portal’s rights': portal.origin,
    },
  };
}

async function applyAll(
  server: ApiServer,
  objects: ReadonlyArray<Parameters<ApiServer['apply']>[0]>,
) {
  await Promise.all(objects.map(object => server.apply(object)));
}
