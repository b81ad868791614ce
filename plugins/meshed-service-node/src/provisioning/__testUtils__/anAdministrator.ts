import {
  annotations,
  defaultPlatform,
  formatObjectRef,
  kinds,
  KubernetesObject,
  labels,
  ObjectRef,
} from '@meshway/plugin-meshed-service-common';
import { makeArgoKinds, type TestPlatform } from '@meshway/test-platform';
import { systemClock } from '../../http';
import { ObservedKubernetesObject } from '../../kubernetes';
import { PROJECT, provisioningOn } from './aCluster';

/** What an administrator sees and does. */
export function administrator(platform: TestPlatform) {
  const { server } = platform.kubernetes;
  const { kubernetes } = provisioningOn(platform, {
    as: 'admin',
    withVault: false,
  });
  return {
    kubernetes,
    /** Makes the project that services of tests are in. */
    async makeProject() {
      const { namespace } = defaultPlatform.argocd;
      await makeArgoKinds(server);
      await server.apply({ ...kinds.Namespace, metadata: { name: namespace } });
      await server.apply({
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AppProject',
        metadata: { name: PROJECT, namespace },
        spec: {
          sourceRepos: ['*'],
          destinations: [{ server: '*', namespace: '*' }],
          clusterResourceWhitelist: [{ group: '*', kind: '*' }],
        },
      });
    },
    /**
     * Does what Argo CD's controller does last: it takes its finalizer off an application that is being deleted.
     *
     * @param signal - until when it looks; until the application is gone, at most for a minute, when absent.
     */
    async letApplicationGo(
      name: string,
      signal: AbortSignal = AbortSignal.timeout(60_000),
    ): Promise<void> {
      const { namespace } = defaultPlatform.argocd;
      const ref = { ...kinds.Application, namespace, name };
      while (!signal.aborted) {
        const seen = await kubernetes.read(ref);
        if (!seen) return;
        if (seen.metadata.deletionTimestamp !== undefined)
          await server.send(
            'PATCH',
            `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications/${name}`,
            { metadata: { finalizers: null } },
            'application/merge-patch+json',
          );
        await systemClock.sleep(100);
      }
    },
    /** Keeps an application that is being deleted until it is let go, even where an Argo CD is about that does it by itself. */
    async holdApplication(name: string): Promise<void> {
      const { namespace } = defaultPlatform.argocd;
      await server.send(
        'PATCH',
        `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications/${name}`,
        [
          {
            op: 'add',
            path: '/metadata/finalizers/-',
            value: 'tests.meshway.dev/held',
          },
        ],
        'application/json-patch+json',
      );
    },
    /** Writes annotations of others onto an object, over what was there. */
    async annotate(
      ref: ObjectRef,
      changed: Record<string, string>,
    ): Promise<void> {
      const { apiVersion, kind, name, namespace } = ref;
      await server.apply({
        apiVersion,
        kind,
        metadata: { name, namespace, annotations: changed },
      });
    },
    /** Deletes whatever has this name. */
    async remove(ref: ObjectRef): Promise<void> {
      const seen = await kubernetes.read(ref);
      if (seen) await kubernetes.delete(ref, { uid: seen.metadata.uid });
    },
    /** Waits until somebody wants it gone; what holds it may still be there. */
    async untilDeleted(ref: ObjectRef): Promise<void> {
      for (let look = 0; look < 300; look++) {
        const seen = await kubernetes.read(ref);
        if (seen?.metadata.deletionTimestamp !== undefined) return;
        await systemClock.sleep(100);
      }
      throw new Error(`Nobody deletes ${formatObjectRef(ref)}`);
    },
    async untilGone(ref: ObjectRef): Promise<void> {
      for (let look = 0; look < 300; look++) {
        if (!(await kubernetes.read(ref))) return;
        await systemClock.sleep(100);
      }
      throw new Error(`${formatObjectRef(ref)} does not go`);
    },
    /** Makes something of somebody else's. */
    apply: (object: KubernetesObject) => server.apply(object),
    /** Everything of the kinds that we write, without what differs from run to run. */
    async contents(namespace: string): Promise<Record<string, unknown>> {
      const listed = await Promise.all(
        writtenKinds.map(kind => kubernetes.list(kind, { namespace })),
      );
      return Object.fromEntries(
        listed
          .flat()
          .filter(({ metadata }) => metadata.name !== 'default')
          .map(object => [
            `${object.kind}/${object.metadata.name}`,
            withoutRuns(object),
          ]),
      );
    },
  };
}

const writtenKinds = [
  kinds.ServiceAccount,
  kinds.Role,
  kinds.RoleBinding,
  kinds.ResourceQuota,
  kinds.LimitRange,
  kinds.NetworkPolicy,
  kinds.Server,
  kinds.MeshTLSAuthentication,
  kinds.NetworkAuthentication,
  kinds.AuthorizationPolicy,
  kinds.HTTPRoute,
  kinds.GRPCRoute,
  kinds.HTTPLocalRateLimitPolicy,
  kinds.EgressNetwork,
  kinds.VaultAuth,
  kinds.VaultStaticSecret,
];

/** A ServiceAccount that nobody of us has made. */
export function aForeignAccount(
  namespace: string,
  name: string,
): KubernetesObject {
  return {
    ...kinds.ServiceAccount,
    metadata: { name, namespace, labels: { [labels.managedBy]: 'Helm' } },
  };
}

/** What an object is, apart from when and as which it was made. */
export function withoutRuns(object: ObservedKubernetesObject): unknown {
  const { metadata, status: _, ...content } = object;
  return {
    ...content,
    labels: metadata.labels,
    annotations: metadata.annotations,
    finalizers: metadata.finalizers,
  };
}

/** A namespace of another team, as one would make it by hand. */
export function aForeignNamespace(name: string): KubernetesObject {
  return {
    ...kinds.Namespace,
    metadata: {
      name,
      labels: { [labels.managedBy]: 'Helm' },
      annotations: { [annotations.owner]: 'group:default/checkout' },
    },
  };
}
