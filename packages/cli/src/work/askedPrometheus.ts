import {
  defaultPrometheusTimes,
  isLoopback,
  trafficFromConfig,
  TrafficSource,
} from '@meshway/plugin-meshed-service-node';
import { UnreadableError } from '../UnreadableError';

/** Which Prometheus is asked, and with which credential. */
export type PrometheusOptions = {
  prometheus?: string;
  prometheusTokenFile?: string;
};

/** @throws UnreadableError naming the option. */
export function askedPrometheus(
  cluster: string,
  { prometheus: url, prometheusTokenFile: tokenFile }: PrometheusOptions,
): { traffic?: TrafficSource } {
  if (url === undefined) {
    if (tokenFile === undefined) return {};
    throw new UnreadableError(
      '--prometheus-token-file: is for a Prometheus; name it with --prometheus',
    );
  }
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (!address || !['http:', 'https:'].includes(address.protocol))
    throw new UnreadableError(
      `--prometheus: ${JSON.stringify(
        url.slice(0, 80),
      )} is not an address; write one such as http://127.0.0.1:9090`,
    );
  if (address.username || address.password)
    throw new UnreadableError(
      '--prometheus: an address holds no credential, since every user of the machine sees it; put a token into a file, and name it with --prometheus-token-file',
    );
  if (tokenFile && address.protocol === 'http:' && !isLoopback(address))
    throw new UnreadableError(
      '--prometheus: is plain http, which would show the token to everybody on the way; use its https address, or leave the token out',
    );
  const prometheus = {
    url: url.replace(/\/+$/, ''),
    ...(tokenFile ? { tokenFile } : {}),
    labels: {},
    ...defaultPrometheusTimes,
  };
  return {
    traffic: trafficFromConfig({ clusters: [{ name: cluster, prometheus }] }),
  };
}
