import { Pattern } from '@meshway/plugin-meshed-service-common';
import { Secret } from '../http';
import {
  defaultPrometheusTimes,
  PrometheusAccess,
  whyTokenShows,
} from '../prometheus';
import { file } from './patterns';
import { SettingsReader } from './SettingsReader';

const address: Pattern = {
  expression: /^https?:\/\/[^\s/?#@]+(?:\/[^\s?#@]*)?$/,
  right:
    'an http or https address without credentials, such as http://prometheus.monitoring.svc:9090',
};
const labelName = /^[a-zA-Z_][a-zA-Z0-9_]{0,127}$/;
const labelValue: Pattern = {
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  expression: /^[^\u0000-\u001f]{1,256}$/,
  right: 'the value of a label, such as eu-1',
};

/** Reads which Prometheus scrapes the proxies of a cluster; undefined when none does. */
export function readPrometheus(
  cluster: SettingsReader,
  inRoot: (path: string) => string,
): PrometheusAccess | undefined {
  if (!cluster.has('prometheus')) return undefined;
  const settings = cluster
    .part('prometheus')
    .only(
      'url',
      'caFile',
      'token',
      'tokenFile',
      'labels',
      'intervalSeconds',
      'windowSeconds',
      'auditWindowSeconds',
    );
  settings.onlyOne('token', 'tokenFile');
  const url = settings.required('url', address);
  const token = settings.secret('token');
  const tokenFile = settings.text('tokenFile', file);
  const shows =
    (token ?? tokenFile) === undefined
      ? undefined
      : whyTokenShows(new URL(url));
  if (shows) throw settings.problem('url', shows);
  const caFile = settings.text('caFile', file);
  return {
    url,
    ...(caFile === undefined ? {} : { caFile: inRoot(caFile) }),
    ...(token === undefined ? {} : { token: new Secret(token) }),
    ...(tokenFile === undefined ? {} : { tokenFile: inRoot(tokenFile) }),
    labels: readLabels(settings),
    ...readTimes(settings),
  };
}

function readLabels(settings: SettingsReader): PrometheusAccess['labels'] {
  const labels = settings.part('labels');
  return Object.fromEntries(
    labels.names().map(name => {
      if (!labelName.test(name))
        throw labels.problem(
          name,
          'is not the name of a label; it has letters, digits and underscores only',
        );
      return [name, labels.required(name, labelValue)];
    }),
  );
}

function readTimes(settings: SettingsReader) {
  const seconds = (
    name: keyof typeof defaultPrometheusTimes,
    from: number,
    to: number,
  ) => settings.wholeNumber(name, { from, to }) ?? defaultPrometheusTimes[name];
  const intervalSeconds = seconds('intervalSeconds', 5, 3_600);
  const windowSeconds = seconds('windowSeconds', 60, 86_400);
  if (windowSeconds < 2 * intervalSeconds)
    throw settings.problem(
      'windowSeconds',
      `must be at least twice intervalSeconds (${intervalSeconds}), or an answer is out of date before the next; it is ${windowSeconds}`,
    );
  return {
    intervalSeconds,
    windowSeconds,
    auditWindowSeconds: seconds('auditWindowSeconds', 600, 2_592_000),
  };
}
