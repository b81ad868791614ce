import { Pattern, patterns } from '@meshway/plugin-meshed-service-common';
import { Secret } from '../http';
import type { ClusterAccess } from '../kubernetes';
import { MeshedServiceConfig } from './MeshedServiceConfig';
import { file, folder, safeAddress } from './patterns';
import { readPrometheus } from './readPrometheus';
import { SettingsReader } from './SettingsReader';

const context: Pattern = {
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  expression: /^[^\u0000-\u001f]{1,253}$/,
  right: 'the name of a context in the kubeconfig',
};
const base64: Pattern = {
  expression: /^[A-Za-z0-9+/]+={0,2}$/,
  right: 'PEM in base64, as certificate-authority-data of a kubeconfig',
};
const ADDRESS = [
  'url',
  'caData',
  'caFile',
  'serviceAccountToken',
  'tokenFile',
] as const;

/** Reads the clusters, each with where it is read from and how it is written to. */
export function readClusters(
  clusters: readonly SettingsReader[],
  inRoot: (path: string) => string,
): MeshedServiceConfig['clusters'] {
  return clusters.map(cluster => {
    if (cluster.has('skipTLSVerify'))
      throw cluster.problem(
        'skipTLSVerify',
        'is not possible, because credentials would go to whoever answers; remove it, and name the certificate authority in caFile or caData',
      );
    cluster.only('name', 'snapshot', 'kubeconfig', 'prometheus', ...ADDRESS);
    const snapshot = cluster.text('snapshot', folder);
    const access = readAccess(cluster, inRoot);
    const prometheus = readPrometheus(cluster, inRoot);
    return {
      name: cluster.required('name', patterns.dnsLabel),
      ...(snapshot === undefined ? {} : { snapshot: inRoot(snapshot) }),
      ...(access === undefined ? {} : { access }),
      ...(prometheus === undefined ? {} : { prometheus }),
    };
  });
}

function readAccess(
  cluster: SettingsReader,
  inRoot: (path: string) => string,
): ClusterAccess | undefined {
  const addressed = ADDRESS.find(setting => cluster.has(setting));
  if (cluster.has('kubeconfig')) {
    if (addressed)
      throw cluster.problem(
        addressed,
        'stands beside kubeconfig, which holds it already; remove one of the two',
      );
    const kubeconfig = cluster.part('kubeconfig').only('file', 'context');
    const named = kubeconfig.text('context', context);
    return {
      kind: 'kubeconfig',
      file: inRoot(kubeconfig.required('file', file)),
      ...(named === undefined ? {} : { context: named }),
    };
  }
  if (!addressed) return undefined;
  cluster.onlyOne('caData', 'caFile');
  cluster.onlyOne('serviceAccountToken', 'tokenFile');
  const caData = cluster.text('caData', base64);
  const caFile = cluster.text('caFile', file);
  const token = cluster.secret('serviceAccountToken');
  const tokenFile = cluster.text('tokenFile', file);
  if (token === undefined && tokenFile === undefined)
    throw cluster.problem(
      'tokenFile',
      'is missing; write the file of a token, or the token itself in serviceAccountToken',
    );
  return {
    kind: 'address',
    url: cluster.required('url', safeAddress),
    ...(caData === undefined ? {} : { caData }),
    ...(caFile === undefined ? {} : { caFile: inRoot(caFile) }),
    ...(token === undefined ? {} : { token: new Secret(token) }),
    ...(tokenFile === undefined ? {} : { tokenFile: inRoot(tokenFile) }),
  };
}
