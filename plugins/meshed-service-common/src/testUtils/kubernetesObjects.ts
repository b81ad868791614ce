import {
  kinds,
  labels,
  type KubernetesObject,
} from '@meshway/plugin-meshed-service-common';
import { aService } from './anObservation';

const { namespace, name: service } = aService;

/** What differs from an ordinary object. @public */
export type Overrides = {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  createdAt?: string;
  spec?: Record<string, unknown>;
};

function anObject(
  kind: { apiVersion: string; kind: string },
  name: string,
  spec: Record<string, unknown>,
  overrides: Overrides,
): KubernetesObject {
  return {
    ...kind,
    metadata: {
      name,
      namespace,
      creationTimestamp: overrides.createdAt ?? '2026-01-01T00:00:00Z',
      ...(overrides.labels ? { labels: overrides.labels } : {}),
      ...(overrides.annotations ? { annotations: overrides.annotations } : {}),
    },
    spec: { ...spec, ...overrides.spec },
  };
}

/** A namespace that asks for injection. @public */
export function aNamespace(overrides: Overrides = {}): KubernetesObject {
  const { metadata, ...rest } = anObject(
    kinds.Namespace,
    namespace,
    {},
    {
      annotations: { 'linkerd.io/inject': 'enabled' },
      ...overrides,
    },
  );
  const { namespace: _, ...own } = metadata;
  return { ...rest, metadata: own };
}

/** A pod of the service, running, with one port `http` on 8080, and with a proxy unless told otherwise. @public */
export function aPod(
  name = 'web-1',
  {
    proxy = true,
    proxyReady = true,
    ...overrides
  }: Overrides & { proxy?: boolean; proxyReady?: boolean } = {},
): KubernetesObject {
  const pod = anObject(
    kinds.Pod,
    name,
    {
      serviceAccountName: service,
      containers: [
        { name: service, ports: [{ name: 'http', containerPort: 8080 }] },
      ],
      ...(proxy
        ? {
            initContainers: [
              { name: 'linkerd-proxy', restartPolicy: 'Always' },
            ],
          }
        : {}),
    },
    { labels: { [labels.name]: service }, ...overrides },
  );
  return {
    ...pod,
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: proxyReady ? 'True' : 'False' }],
      initContainerStatuses: proxy
        ? [{ name: 'linkerd-proxy', ready: proxyReady }]
        : [],
    },
  };
}

/** The ServiceAccount of the service. @public */
export function aServiceAccount(name = service): KubernetesObject {
  return anObject(kinds.ServiceAccount, name, {}, {});
}

/** A Server on port `http` of the service that denies whom nothing lets in. @public */
export function aServer(
  name = 'web.http',
  overrides: Overrides = {},
): KubernetesObject {
  return anObject(
    kinds.Server,
    name,
    {
      podSelector: { matchLabels: { [labels.name]: service } },
      port: 'http',
      proxyProtocol: 'HTTP/1',
      accessPolicy: 'deny',
    },
    { labels: { [labels.service]: service }, ...overrides },
  );
}

/** Clients by ServiceAccount, each in the namespace of its own name. @public */
export function aMeshTLSAuthentication(
  clients: readonly string[],
  name = 'web-clients',
): KubernetesObject {
  const identityRefs = clients.map(client => ({
    kind: 'ServiceAccount',
    name: client,
    namespace: client,
  }));
  return anObject(kinds.MeshTLSAuthentication, name, { identityRefs }, {});
}

/** A policy that lets clients reach a Server. @public */
export function anAuthorizationPolicy(
  requires: ReadonlyArray<{ kind: string; name: string }> = [
    { kind: 'MeshTLSAuthentication', name: 'web-clients' },
  ],
  { server = 'web.http', name = 'web-clients' } = {},
): KubernetesObject {
  const group = 'policy.linkerd.io';
  return anObject(
    kinds.AuthorizationPolicy,
    name,
    {
      targetRef: { group, kind: 'Server', name: server },
      requiredAuthenticationRefs: requires.map(each => ({ group, ...each })),
    },
    {},
  );
}
