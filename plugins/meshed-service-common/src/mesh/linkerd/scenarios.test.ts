import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../model';
import { isUnreadable } from '../readable';
import { authorizationPolicyFromKubernetes } from './AuthorizationPolicy';
import { parseDefaultPolicy } from './DefaultPolicy';
import { inboundPolicy, Policies } from './inboundPolicy';
import { inboundRouteFromKubernetes } from './InboundRoute';
import { meshTLSAuthenticationFromKubernetes } from './MeshTLSAuthentication';
import { networkAuthenticationFromKubernetes } from './NetworkAuthentication';
import { Pod, podFromKubernetes } from './Pod';
import { serverFromKubernetes } from './Server';
import { serverAuthorizationFromKubernetes } from './ServerAuthorization';

const folder = resolve(
  __dirname,
  '../../../../../../shared/data/linkerd/scenarios',
);
const scenarios = existsSync(folder) ? readdirSync(folder).sort() : [];

type Answer = {
  workload: { namespace: string; pod?: string };
  port: number;
  found: boolean;
  server: { kind: string; name: string };
  protocol: string;
  authorizations: Array<{ group: string; [key: string]: unknown }>;
  httpRoutes?: Array<{ kind: string; name: string; authorizations: object[] }>;
  grpcRoutes?: Array<{ kind: string; name: string; authorizations: object[] }>;
};

const describeWhereRecorded = scenarios.length > 0 ? describe : describe.skip;

describeWhereRecorded('answers of a real policy controller', () => {
  it.each(scenarios)('%s', scenario => {
    const at = join(folder, scenario);
    const { controlPlane, answers } = JSON.parse(
      readFileSync(join(at, 'effective.json'), 'utf8'),
    );
    const objects = parseAllDocuments(
      readFileSync(join(at, 'objects.yaml'), 'utf8'),
    ).map(document => document.toJS() as KubernetesObject);
    const { policies, pods } = read(objects);
    const settings = {
      defaultInboundPolicy: parseDefaultPolicy(controlPlane.defaultPolicy),
      controlPlaneNamespace: 'linkerd',
      trustDomain: controlPlane.identityDomain,
      clusterNetworks: controlPlane.clusterNetworks,
      probeNetworks: controlPlane.probeNetworks,
    };
    const asked = (answers as Answer[]).filter(({ workload }) => workload.pod);
    expect(
      asked.map(({ workload, port }) => {
        const pod = pods.find(
          each =>
            each.name === workload.pod && each.namespace === workload.namespace,
        );
        if (!pod?.known) return { found: false };
        const policy = inboundPolicy(pod, port, policies, settings);
        return {
          found: true,
          server: { kind: policy.server.kind, name: policy.server.name },
          protocol: policy.protocol,
          authorizations: policy.authorizations.map(({ ref, ...rest }) => rest),
          routes: policy.routes.map(route => [
            route.kind,
            route.name,
            route.authorizations.length,
          ]),
        };
      }),
    ).toEqual(
      asked.map(answer => {
        if (!answer.found) return { found: false };
        const { kind, name } = answer.server;
        return {
          found: true,
          server: { kind, name },
          protocol: answer.protocol,
          authorizations: answer.authorizations.map(
            ({ group, ...rest }) => rest,
          ),
          routes: [...(answer.httpRoutes ?? []), ...(answer.grpcRoutes ?? [])]
            .filter(
              route => !(route.kind === 'default' && route.name === 'default'),
            )
            .map(route => [
              route.name === 'probe' && route.kind === 'default'
                ? 'probe'
                : route.kind,
              route.name,
              route.authorizations.length,
            ]),
        };
      }),
    );
  });
});

function read(objects: KubernetesObject[]): {
  policies: Policies;
  pods: Pod[];
} {
  const usable = <Value extends object, Refused extends object>(
    kind: string,
    door: (object: KubernetesObject) => Value | Refused | undefined,
  ) =>
    objects
      .filter(object => object.kind === kind)
      .map(door)
      .filter(
        (value): value is Value => value !== undefined && !isUnreadable(value),
      );
  return {
    pods: usable('Pod', podFromKubernetes) as Pod[],
    policies: {
      servers: usable('Server', serverFromKubernetes) as Policies['servers'],
      authorizationPolicies: usable(
        'AuthorizationPolicy',
        authorizationPolicyFromKubernetes,
      ) as Policies['authorizationPolicies'],
      serverAuthorizations: usable(
        'ServerAuthorization',
        serverAuthorizationFromKubernetes,
      ) as Policies['serverAuthorizations'],
      meshTLSAuthentications: usable(
        'MeshTLSAuthentication',
        meshTLSAuthenticationFromKubernetes,
      ) as Policies['meshTLSAuthentications'],
      networkAuthentications: usable(
        'NetworkAuthentication',
        networkAuthenticationFromKubernetes,
      ) as Policies['networkAuthentications'],
      routes: [
        ...usable('HTTPRoute', inboundRouteFromKubernetes),
        ...usable('GRPCRoute', inboundRouteFromKubernetes),
      ] as Policies['routes'],
    },
  };
}
