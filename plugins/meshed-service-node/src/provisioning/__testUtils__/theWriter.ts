import {
  annotations,
  kinds,
  KubernetesObject,
  labels,
} from '@meshway/plugin-meshed-service-common';
import { ApiServer, TestPlatform } from '@meshway/test-platform';
import { readFileSync } from 'node:fs';
import { aRequestFor, byAda, CLUSTER, provisioningOn } from './aCluster';
import { administrator } from './anAdministrator';

/** @returns where a group is served. */
export const at = (group: string, version = 'v1') =>
  `/apis/${group}/${version}`;
export const rbac = at('rbac.authorization.k8s.io');

/** The ownership record of a service. */
export const record = (service: string, namespace = service) => ({
  labels: {
    [labels.managedBy]: labels.managedByMeshway,
    [labels.service]: service,
  },
  annotations: {
    [annotations.owner]: 'group:default/shop',
    [annotations.entityRef]: `component:default/${service}`,
    [annotations.claim]: `${CLUSTER}/${namespace}/${service}`,
  },
});

/** Requests by the writer's account, answered by who refuses them. Nothing is written but by `tryTo`. */
export async function theWriter(platform: TestPlatform) {
  const { url, caFile, server } = platform.kubernetes;
  const writer = new ApiServer(
    url,
    readFileSync(caFile, 'utf8'),
    await server.requestToken('meshway', 'meshway-writer'),
  );

  /** A policy takes effect a moment after it is written. */
  async function untilGuarded(): Promise<void> {
    for (let look = 0; look < 300; look++) {
      const said = await tryTo('POST', '/api/v1/namespaces?dryRun=All', {
        ...kinds.Namespace,
        metadata: { name: 'unrecorded' },
      });
      if (said !== 'allowed') return;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    throw new Error('The guard does not take effect.');
  }

  /** @returns `allowed`, or who refused: `rbac`, or the message of the guard. */
  async function tryTo(
    method: string,
    path: string,
    body?: unknown,
    contentType?: string,
  ): Promise<string> {
    const { status, body: answer } = await writer.send(
      method,
      path,
      body,
      contentType,
    );
    if (status < 300) return 'allowed';
    const message = String(Object(answer).message);
    const [, guard] =
      /ValidatingAdmissionPolicy 'meshway-writer-guard'.*denied request: (.*)$/.exec(
        message,
      ) ?? [];
    if (guard) return guard;
    if (/attempting to grant RBAC permissions/.test(message))
      return 'escalation';
    return status === 403 ? 'rbac' : `${status} ${message}`;
  }

  const post = (
    [root, plural]: [root: string, plural: string],
    object: KubernetesObject,
    namespace?: string,
  ) =>
    tryTo(
      'POST',
      `${root}${
        namespace ? `/namespaces/${namespace}` : ''
      }/${plural}?dryRun=All`,
      object,
    );
  const apply = (collection: string, object: KubernetesObject) =>
    tryTo(
      'PATCH',
      `${collection}/${object.metadata.name}?dryRun=All&fieldManager=meshway&force=true`,
      object,
      'application/apply-patch+yaml',
    );

  await untilGuarded();
  return {
    tryTo,
    post,
    apply,
    /** What it asks for in the namespace of a service. */
    of: (name: string) => {
      const anAccount = (change: object = {}): KubernetesObject => ({
        ...kinds.ServiceAccount,
        metadata: { name, namespace: name, ...record(name), ...change },
      });
      const postAccount = (change: object, namespace = name) =>
        post(
          ['/api/v1', 'serviceaccounts'],
          anAccount({ namespace, ...change }),
          namespace,
        );
      const aRole = (
        rules: unknown,
        change: object = {},
      ): KubernetesObject => ({
        ...kinds.Role,
        metadata: {
          name: `${name}-owners`,
          namespace: name,
          ...record(name),
          ...change,
        },
        rules,
      });
      const postRole = (rules: unknown, change: object = {}) =>
        apply(`${rbac}/namespaces/${name}/roles`, aRole(rules, change));
      const postBinding = (roleRef: object, subjects: object[], change = {}) =>
        post(
          [rbac, 'rolebindings'],
          {
            ...kinds.RoleBinding,
            metadata: {
              name: `${name}-owners`,
              namespace: name,
              ...record(name),
              ...change,
            },
            roleRef: { apiGroup: 'rbac.authorization.k8s.io', ...roleRef },
            subjects,
          },
          name,
        );

      return { postAccount, postRole, postBinding };
    },
  };
}

/** A service that the writer itself has made, and those who meet there. */
export async function aServiceOfTheWriter(platform: TestPlatform) {
  const admin = administrator(platform);
  await admin.makeProject();
  const writer = await theWriter(platform);
  const name = platform.newNamespaceName('cart');
  const { provisioning } = provisioningOn(platform, {
    as: 'writer',
    withVault: false,
  });
  await provisioning.ensure(aRequestFor(name), byAda());
  return { admin, writer, name };
}
