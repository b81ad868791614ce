import {
  KubernetesObject,
  labels,
  MeshedServiceSpec,
  names,
} from '@meshway/plugin-meshed-service-common';
import injected from './injectedPod.json';

/** Ends the names of ReplicaSets and of their pods. */
export const HASH = '5d9c7b8f64';

/** What runs: a Service, a Deployment and its ReplicaSet, without pods. */
export function workloadOf(spec: MeshedServiceSpec): KubernetesObject[] {
  const { name } = spec;
  const namespace = names.namespace(spec);
  const selector = { [labels.name]: name };
  const template = {
    metadata: { labels: selector },
    spec: {
      serviceAccountName: name,
      containers: [
        {
          name,
          image: spec.workload.image,
          ports: [{ name: 'http', containerPort: 8080 }],
        },
      ],
    },
  };
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace, labels: selector },
      spec: {
        // The bench's API server has fewer addresses than services.
        clusterIP: 'None',
        selector,
        ports: [{ name: 'http', port: 8080, targetPort: 'http' }],
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace, labels: selector },
      spec: { replicas: 1, selector: { matchLabels: selector }, template },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${name}-${HASH}`,
        namespace,
        labels: selector,
        ownerReferences: [ownedBy('Deployment', name)],
      },
      spec: { replicas: 1, selector: { matchLabels: selector }, template },
    },
  ];
}

/** One pod as the real injector makes it, of this service. */
export function podOf(
  spec: MeshedServiceSpec,
  name: string,
  address: string,
): KubernetesObject {
  const { metadata, spec: content, status } = injected;
  const [application] = content.containers;
  const running = status.containerStatuses[0];
  return {
    ...injected,
    metadata: {
      ...metadata,
      name,
      namespace: names.namespace(spec),
      generateName: `${spec.name}-${HASH}-`,
      labels: {
        ...metadata.labels,
        app: spec.name,
        [labels.name]: spec.name,
        'linkerd.io/proxy-deployment': spec.name,
        'linkerd.io/workload-ns': names.namespace(spec),
        'pod-template-hash': HASH,
      },
      ownerReferences: [ownedBy('ReplicaSet', `${spec.name}-${HASH}`)],
    },
    spec: {
      ...content,
      serviceAccount: spec.name,
      serviceAccountName: spec.name,
      containers: [
        { ...application, name: spec.name, image: spec.workload.image },
      ],
    },
    status: {
      ...status,
      podIP: address,
      podIPs: [{ ip: address }],
      containerStatuses: [
        { ...running, name: spec.name, image: spec.workload.image },
      ],
    },
  };
}

const ownedBy = (kind: string, name: string) => ({
  apiVersion: 'apps/v1',
  kind,
  name,
  uid: '86252ac1-947a-416b-a247-9614c95060d3',
  controller: true,
  blockOwnerDeletion: true,
});
