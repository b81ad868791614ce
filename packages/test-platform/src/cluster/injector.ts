import type { Manifest } from './ApiServer';

/** What the control plane's configuration would say. */
const version = 'edge-26.8.3';
const trustDomain = 'cluster.local';
const controlPlane = 'linkerd';

/**
 * Adds the proxy to pods as a native sidecar, where namespace or pod ask for it: an imitation of Linkerd's injector, which
 * no registry serves. It writes what others read of a pod — labels, annotations, the containers with their ports, and
 * the environment that decides policy and identity — and not what only a proxy that runs would need.
 */
export function imitatedInjector(): Manifest[] {
  return [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingAdmissionPolicy',
      metadata: { name: 'imitated-linkerd-injector' },
      spec: {
        failurePolicy: 'Fail',
        reinvocationPolicy: 'Never',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: [''],
              apiVersions: ['v1'],
              resources: ['pods'],
              operations: ['CREATE'],
            },
          ],
        },
        matchConditions: [
          {
            name: 'not-the-control-plane',
            expression: `!(object.metadata.namespace in ["${controlPlane}", "kube-system"])`,
          },
          {
            name: 'not-on-the-network-of-its-node',
            expression:
              '!(has(object.spec.hostNetwork) && object.spec.hostNetwork)',
          },
          {
            name: 'without-a-proxy-so-far',
            expression: `!object.spec.containers.exists(c, c.name == "linkerd-proxy")
              && !(has(object.spec.initContainers)
                && object.spec.initContainers.exists(c, c.name == "linkerd-proxy"))`,
          },
        ],
        variables: [
          { name: 'of_pod', expression: annotationsOf('object') },
          {
            name: 'of_namespace',
            expression: annotationsOf('namespaceObject'),
          },
          { name: 'asked', expression: setting('linkerd.io/inject', '') },
          {
            name: 'meshed',
            expression: 'variables.asked in ["enabled", "ingress"]',
          },
          {
            name: 'default_policy',
            expression: setting(
              'config.linkerd.io/default-inbound-policy',
              'all-unauthenticated',
            ),
          },
          {
            name: 'proxy_version',
            expression: setting('config.linkerd.io/proxy-version', version),
          },
          {
            name: 'ports',
            expression: `object.spec.containers
              .map(c, has(c.ports) ? c.ports.map(p, string(p.containerPort)) : [])
              .map(list, list.join(",")).filter(text, text != "").join(",")`,
          },
        ],
        mutations: [
          { patchType: 'JSONPatch', jsonPatch: { expression: addProxy } },
          ...[marks, deployment, ...copies].map(expression => ({
            patchType: 'ApplyConfiguration',
            applyConfiguration: { expression },
          })),
        ],
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingAdmissionPolicyBinding',
      metadata: { name: 'imitated-linkerd-injector' },
      spec: { policyName: 'imitated-linkerd-injector' },
    },
  ];
}

function annotationsOf(object: string): string {
  return `has(${object}.metadata.annotations) ? ${object}.metadata.annotations : {}`;
}

/** The pod's own annotation before the namespace's, as the injector has it. */
function setting(annotation: string, otherwise: string): string {
  const key = JSON.stringify(annotation);
  return `${key} in variables.of_pod ? string(variables.of_pod[${key}])
    : ${key} in variables.of_namespace ? string(variables.of_namespace[${key}]) : ${JSON.stringify(
    otherwise,
  )}`;
}

/**
 * Settings of the namespace that the injector copies to a pod without its own: the CNI plugin reads them there. One
 * mutation each, because a map literal with optional entries makes kube-apiserver 1.36 panic.
 */
const copies = [
  'config.linkerd.io/default-inbound-policy',
  'config.linkerd.io/skip-inbound-ports',
  'config.linkerd.io/skip-outbound-ports',
  'config.linkerd.io/opaque-ports',
].map(
  name => `variables.meshed && "${name}" in variables.of_namespace && !("${name}" in variables.of_pod)
    ? Object{metadata: Object.metadata{annotations: {"${name}": string(variables.of_namespace["${name}"])}}}
    : Object{}`,
);

/** A Deployment's pods know it by the name of their ReplicaSet, whose last part is the hash of the template. */
const deployment = `variables.meshed
  && has(object.metadata.labels) && "pod-template-hash" in object.metadata.labels
  && has(object.metadata.ownerReferences) && object.metadata.ownerReferences.size() > 0
  && object.metadata.ownerReferences[0].kind == "ReplicaSet"
  ? Object{metadata: Object.metadata{labels: {
      "linkerd.io/proxy-deployment": string(object.metadata.ownerReferences[0].name)
        .replace("-" + string(object.metadata.labels["pod-template-hash"]), "")}}}
  : Object{}`;

const env = (name: string, value: string) =>
  `Object.spec.initContainers.env{name: "${name}", value: ${value}}`;

const envFrom = (name: string, field: string) =>
  `Object.spec.initContainers.env{name: "${name}", valueFrom: Object.spec.initContainers.env.valueFrom{
    fieldRef: Object.spec.initContainers.env.valueFrom.fieldRef{apiVersion: "v1", fieldPath: "${field}"}}}`;

const port = (name: string, number: number) =>
  `Object.spec.initContainers.ports{name: "${name}", containerPort: ${number}, protocol: "TCP"}`;

const probe = (kind: string, path: string) =>
  `${kind}: Object.spec.initContainers.${kind}{
    httpGet: Object.spec.initContainers.${kind}.httpGet{path: "${path}", port: 4191, scheme: "HTTP"}}`;

const identity = `$(_pod_sa).$(_pod_ns).serviceaccount.identity.${controlPlane}.${trustDomain}`;

const marks = `variables.meshed ? Object{
  metadata: Object.metadata{
    labels: {
      "linkerd.io/control-plane-ns": "${controlPlane}",
      "linkerd.io/workload-ns": namespaceObject.metadata.name
    },
    annotations: {
      "linkerd.io/created-by": "linkerd/proxy-injector ${version}",
      "linkerd.io/inject": variables.asked,
      "linkerd.io/proxy-version": variables.proxy_version
    }
  }
} : Object{}`;

/** With linkerd-cni there is no init container that sets up the network. */
const proxy = `Object.spec.initContainers{
  name: "linkerd-proxy",
  image: "cr.l5d.io/linkerd/proxy:" + variables.proxy_version,
  restartPolicy: "Always",
  ports: [${port('linkerd-proxy', 4143)}, ${port('linkerd-admin', 4191)}],
  ${probe('readinessProbe', '/ready')},
  ${probe('livenessProbe', '/live')},
  securityContext: Object.spec.initContainers.securityContext{
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    runAsUser: 2102,
    readOnlyRootFilesystem: true,
    capabilities: Object.spec.initContainers.securityContext.capabilities{drop: ["ALL"]},
    seccompProfile: Object.spec.initContainers.securityContext.seccompProfile{type: "RuntimeDefault"}
  },
  env: [
    ${envFrom('_pod_name', 'metadata.name')},
    ${envFrom('_pod_ns', 'metadata.namespace')},
    ${envFrom('_pod_sa', 'spec.serviceAccountName')},
    ${env('LINKERD2_PROXY_INBOUND_DEFAULT_POLICY', 'variables.default_policy')},
    ${env('LINKERD2_PROXY_INBOUND_PORTS', 'variables.ports')},
    ${env('LINKERD2_PROXY_IDENTITY_LOCAL_NAME', `"${identity}"`)}
  ]
}`;

/**
 * Before the pod's own init containers. By JSON patch, because lists and references that are atomic cannot be applied;
 * one container and no list of them, because a list of objects makes kube-apiserver 1.36 panic.
 */
const addProxy = `!variables.meshed ? [] : (
  has(object.spec.initContainers) ? [] : [JSONPatch{op: "add", path: "/spec/initContainers", value: []}]
) + [JSONPatch{op: "add", path: "/spec/initContainers/0", value: ${proxy}}]`;
