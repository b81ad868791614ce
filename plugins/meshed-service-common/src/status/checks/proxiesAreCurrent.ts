import { annotations } from '../../model';
import { Check, degraded, isMeshed, ok, share } from './Check';

/** Proxies run the version that the installation gives to new ones. They keep theirs until their pod is created anew. */
export const proxiesAreCurrent: Check = {
  code: 'MSC017',
  title: 'Proxies run the version of the installation',
  restsOn: ['Pod', 'ConfigMap'],
  concerns: isMeshed,
  evaluate({ observation: { pods, mesh } }) {
    const wanted = mesh.installation?.version;
    const known = pods.filter(({ proxy }) => proxy?.version);
    if (!wanted || known.length === 0) return undefined;
    const other = known.filter(({ proxy }) => proxy?.version !== wanted);
    if (other.length === 0) return ok(`All proxies run version ${wanted}.`);
    const asked = other.every(({ proxySettings }) =>
      proxySettings.has(annotations.linkerdAskedProxyVersion),
    );
    return degraded(
      `The installation is at version ${wanted}. With another version of the proxy: ${share(
        other.length,
        known.length,
        'meshed pod',
      )}.`,
      {
        evidence: other.map(({ ref, proxy }) => ({
          ref,
          field: 'image of linkerd-proxy',
          ...(proxy?.version ? { value: proxy.version } : {}),
        })),
        fix: asked
          ? `Remove the annotation ${annotations.linkerdAskedProxyVersion}, which asks for that version, then restart the workload.`
          : 'Restart the workload: a proxy is injected when its pod is created.',
      },
    );
  },
};
