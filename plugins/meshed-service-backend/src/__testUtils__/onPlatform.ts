import {
  defaultPlatform,
  kinds,
  KubernetesObject,
  names,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';
import { makeArgoKinds, type TestPlatform } from '@meshway/test-platform';
import { setTimeout as sleep } from 'node:timers/promises';

const argocd = defaultPlatform.argocd.namespace;
/** A project that lets everything in. */
export const PROJECT = 'meshway-tests';

/** What an administrator of the test platform prepares and sees. */
export function administrator({ kubernetes }: TestPlatform) {
  const { server } = kubernetes;
  const read = async (path: string): Promise<KubernetesObject | undefined> => {
    const { status, body } = await server.send('GET', path);
    return status === 200 ? (body as KubernetesObject) : undefined;
  };
  const namespace = (name: string) => read(`/api/v1/namespaces/${name}`);
  const application = (service: ServiceRef) =>
    `/apis/argoproj.io/v1alpha1/namespaces/${argocd}/applications/${names.argoApplication(
      service,
    )}`;
  return {
    apply: (object: KubernetesObject) => server.apply(object),
    read,
    namespace,
    async prepare() {
      await makeArgoKinds(server);
      await server.apply({ ...kinds.Namespace, metadata: { name: argocd } });
      await server.apply({
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AppProject',
        metadata: { name: PROJECT, namespace: argocd },
        spec: {
          sourceRepos: ['*'],
          destinations: [{ server: '*', namespace: '*' }],
          clusterResourceWhitelist: [{ group: '*', kind: '*' }],
        },
      });
    },
    /** No Argo CD runs: takes its finalizer off an application that is being deleted, as the controller does last. */
    async letApplicationGo(service: ServiceRef) {
      for (let look = 0; look < 200; look++) {
        const seen = await read(application(service));
        if (!seen) return;
        if ('deletionTimestamp' in seen.metadata)
          await server.send(
            'PATCH',
            application(service),
            { metadata: { finalizers: null } },
            'application/merge-patch+json',
          );
        await sleep(100);
      }
    },
  };
}
