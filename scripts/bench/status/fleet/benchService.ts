import {
  defaultPlatform,
  MeshedServiceSpec,
  parseMeshedServiceSpec,
  Platform,
} from '@meshway/plugin-meshed-service-common';

export const CLUSTER = 'local';
export const OWNER = 'group:default/bench';

/** A service as teams ask for it: enforced, one port, one client. */
export function benchService(name: string): MeshedServiceSpec {
  return parseMeshedServiceSpec({
    name,
    owner: OWNER,
    cluster: CLUSTER,
    workload: { image: `ghcr.io/acme/${name}:1.0` },
    ports: [{ name: 'http', port: 8080, protocol: 'HTTP/1' }],
    clients: [{ namespace: 'shop', serviceAccount: 'frontend' }],
    phase: 'enforce',
    delivery: { mode: 'apply', repository: name, project: 'bench' },
  });
}

/** The recorded injector adds `linkerd-init`, which namespaces admit only where there is no linkerd-cni. */
export const benchPlatform: Platform = {
  ...defaultPlatform,
  mesh: { ...defaultPlatform.mesh, cni: false },
};
