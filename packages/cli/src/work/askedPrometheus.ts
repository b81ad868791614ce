import { accessSync, constants } from 'node:fs';
import {
  defaultPrometheusTimes,
  trafficFromConfig,
  TrafficSource,
  whyTokenShows,
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
  if (tokenFile !== undefined) checkToken(address, tokenFile);
  const prometheus = {
    url: url.replace(/\/+$/, ''),
    ...(tokenFile === undefined ? {} : { tokenFile }),
    labels: {},
    ...defaultPrometheusTimes,
  };
  return {
    traffic: trafficFromConfig({ clusters: [{ name: cluster, prometheus }] }),
  };
}

/** Now, and not in the first answer: it would blame a portal's configuration. */
function checkToken(address: URL, tokenFile: string): void {
  const shows = whyTokenShows(address);
  if (shows) throw new UnreadableError(`--prometheus: ${shows}`);
  try {
    accessSync(tokenFile, constants.R_OK);
  } catch {
    throw new UnreadableError(
      `--prometheus-token-file: ${JSON.stringify(
        tokenFile,
      )} cannot be read; name a file that holds a token`,
    );
  }
}
