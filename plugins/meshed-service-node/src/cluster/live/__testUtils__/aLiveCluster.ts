// Loaded here and not at the first request, which has a time limit: in Jest that takes long.
import '@kubernetes/client-node';
import {
  ClusterSettings,
  KubernetesObject,
  ObservedKind,
  ObservedResource,
  observedResources,
} from '@meshway/plugin-meshed-service-common';
import { Secret } from '../../../http';
import { ClusterStore } from '../../../store';
import { clusterFeed, LiveSource, systemTiming, WatchLimits } from '..';
import { FakeApiServer } from './FakeApiServer';

export const settings: ClusterSettings = {
  controlPlaneNamespace: 'linkerd',
  trustDomain: 'cluster.local',
  clusterNetworks: ['10.0.0.0/8'],
  probeNetworks: [],
};

/** Everything that takes seconds in earnest takes little here. */
export const quick: Partial<WatchLimits> = {
  answer: 400,
  quiet: 1_000,
  pause: [20, 200],
  forbidden: [20, 60],
  lookAgain: 80,
  readiness: 300,
  beat: { ready: 60, waiting: 40, lost: 40 },
  worked: 100,
  page: 3,
};

export const pods = {
  apiVersion: 'v1',
  kind: 'Pod',
  resource: 'pods',
};
export const servers = {
  apiVersion: 'policy.linkerd.io/v1beta3',
  kind: 'Server',
  resource: 'servers',
};
export const definitionsKind = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  resource: 'customresourcedefinitions',
};
export const serversDefinition: KubernetesObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'servers.policy.linkerd.io' },
};

/** The part of the table that is about these kinds. */
export function only(...kinds: ObservedKind[]): ObservedResource[] {
  return observedResources.filter(({ kind }) => kinds.includes(kind));
}

/** A store and what feeds it, from the wire-level server of a test. */
export function aLiveCluster(
  server: FakeApiServer,
  options: Partial<ConstructorParameters<typeof LiveSource>[0]> = {},
) {
  const store = new ClusterStore({ source: 'cluster eu-1', settings });
  const source = new LiveSource({
    cluster: 'eu-1',
    feed: clusterFeed('eu-1', {
      kind: 'address',
      url: server.address,
      token: new Secret('s3cret'),
    }),
    store,
    controlPlaneNamespace: 'linkerd',
    argocdNamespace: 'argocd',
    resources: only('Pod', 'Server'),
    limits: { ...quick, ...options.limits },
    timing: systemTiming,
    ...Object.fromEntries(
      Object.entries(options).filter(([name]) => name !== 'limits'),
    ),
  });
  const freshness = (kind: ObservedKind) => {
    const found = store.sources().find(each => each.kind === kind);
    return found?.message === undefined
      ? found?.freshness
      : `${found.freshness}: ${found.message}`;
  };
  return { store, source, freshness };
}

/** Waits until a question is answered as wanted; @returns the last answer when it never is. */
export async function until<Answer>(
  ask: () => Answer,
  isWanted: (answer: Answer) => boolean,
  milliseconds = 8_000,
): Promise<Answer> {
  const end = performance.now() + milliseconds;
  for (;;) {
    const answer = ask();
    if (isWanted(answer) || performance.now() > end) return answer;
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
