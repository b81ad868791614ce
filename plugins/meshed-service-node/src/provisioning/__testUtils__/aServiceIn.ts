import {
  annotations,
  kinds,
  Phase,
} from '@meshway/plugin-meshed-service-common';
import type { TestPlatform } from '@meshway/test-platform';
import { byAda } from './aCluster';
import type { aWatchedCluster } from './aWatchedCluster';
import { FaultRun } from './faultProxy';

/** A service that has been made in a phase; what that asked for is forgotten. */
export async function aServiceIn(
  phase: Phase,
  cluster: ReturnType<typeof aWatchedCluster>,
) {
  const { name, provisioning, request } = cluster.aService({ phase });
  await provisioning.ensure(request, byAda());
  cluster.proxy.run = new FaultRun();
  return {
    name,
    provisioning,
    request,
    /** What namespace and Servers say to callers. */
    policies: async () => {
      const servers = await cluster.admin.kubernetes.list(kinds.Server, {
        namespace: name,
      });
      const namespace = await cluster.admin.kubernetes.read({
        ...kinds.Namespace,
        name,
      });
      return {
        namespace:
          namespace?.metadata.annotations?.[
            annotations.linkerdDefaultInboundPolicy
          ],
        servers: Object.fromEntries(
          servers.map(({ metadata, spec }) => [
            metadata.name.replace(name, 'cart'),
            (spec as { accessPolicy: string }).accessPolicy,
          ]),
        ),
      };
    },
  };
}

/** Somebody changes the Server of the port http by hand. */
export function byPanic(platform: TestPlatform, name: string, spec: object) {
  return platform.kubernetes.server.send(
    'PATCH',
    `/apis/policy.linkerd.io/v1beta3/namespaces/${name}/servers/${name}.http?fieldManager=panic`,
    { spec },
    'application/merge-patch+json',
  );
}

/** A pod of the service, whose proxy was started with a default policy. */
export function aPod(name: string, policy: string) {
  return {
    ...kinds.Pod,
    metadata: {
      name: 'old',
      namespace: name,
      labels: { 'app.kubernetes.io/name': name },
    },
    spec: {
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'linkerd-proxy',
          image: 'cr.l5d.io/linkerd/proxy:x',
          env: [
            { name: 'LINKERD2_PROXY_INBOUND_DEFAULT_POLICY', value: policy },
          ],
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    },
  };
}
