import { annotations } from '../../model';
import { Check, degraded, isMeshed, ok, share } from './Check';

/** The settings that the namespace gives to proxies are those that they run with. They are copied when a pod is created. */
export const proxiesFollowNamespace: Check = {
  code: 'MSC022',
  title: 'Proxies run with the settings of their namespace',
  restsOn: ['Pod', 'Namespace', 'Deployment', 'StatefulSet', 'DaemonSet'],
  concerns: isMeshed,
  evaluate({ observation: { namespace, pods, workloads } }) {
    if (!namespace) return undefined;
    const own = new Set(
      workloads.flatMap(({ template }) => [
        ...(template?.proxySettings.keys() ?? []),
      ]),
    );
    const wanted = [...namespace.proxySettings].filter(
      ([key]) =>
        key !== annotations.linkerdDefaultInboundPolicy && !own.has(key),
    );
    const meshed = pods.filter(({ proxy }) => proxy);
    if (wanted.length === 0 || meshed.length === 0) return undefined;
    const behind = meshed.filter(({ proxySettings }) =>
      wanted.some(([key, value]) => proxySettings.get(key) !== value),
    );
    if (behind.length === 0) {
      return ok('Proxies run with the settings of their namespace.');
    }
    const keys = wanted
      .map(([key]) => key)
      .filter(key =>
        behind.some(
          ({ proxySettings }) =>
            proxySettings.get(key) !== namespace.proxySettings.get(key),
        ),
      );
    return degraded(
      `The namespace says otherwise in ${keys.sort().join(', ')} than: ${share(
        behind.length,
        meshed.length,
        'meshed pod',
      )}.`,
      {
        evidence: behind.map(({ ref }) => ({
          ref,
          field: `metadata.annotations["${keys[0]}"]`,
        })),
        fix: 'Restart the workload: these annotations are copied to pods when they are created.',
      },
    );
  },
};
