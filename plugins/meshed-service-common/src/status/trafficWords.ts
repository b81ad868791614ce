import type { TrafficSummary } from './MeshStatus';
import { listed } from './explain';

/**
 * @returns what was seen of traffic, in a sentence or two for the owner of a service; source and age are for others to add.
 *
 * @public
 */
export function trafficWords(traffic: TrafficSummary): string {
  if (traffic.kind === 'noData')
    return `Nothing is known about traffic. ${traffic.because}`;
  const window = `in the last ${spanWords(traffic.windowSeconds)}`;
  const unseen = traffic.unseen.map(each => ` ${each}`).join('');
  if (traffic.kind === 'noTraffic')
    return `Nothing called the service ${window}.${unseen}`;
  const said = [
    sharedWords(traffic, window),
    from('Plaintext came from', traffic.plaintextFrom),
    from('Without a mesh identity came', traffic.unauthenticated),
    from('Enforcement would deny', traffic.wouldBeDenied),
    from('Denied', traffic.denied),
  ];
  return `${said.filter(Boolean).join(' ')}${unseen}`;
}

function sharedWords(
  {
    securedShare,
    requests,
    connections,
  }: Extract<TrafficSummary, { kind: 'observed' }>,
  window: string,
): string {
  const counted = [
    ...(requests > 0 ? [count(requests, 'request')] : []),
    ...(connections > 0 ? [count(connections, 'connection')] : []),
  ];
  if (counted.length === 0)
    return `Nothing new was let in ${window}; ${percent(
      securedShare,
    )} of what was open was secured.`;
  const were = requests + connections === 1 ? 'was' : 'were';
  return `${percent(securedShare)} of ${listed(
    counted,
  )} ${window} ${were} secured.`;
}

function from(words: string, clients: readonly string[]): string {
  return clients.length > 0 ? `${words} ${clients.join('; ')}.` : '';
}

function count(amount: number, noun: string): string {
  return `${amount.toLocaleString('en-US')} ${noun}${amount === 1 ? '' : 's'}`;
}

/**
 * @returns a share in per cent, rounded down, so that 99.99 % never reads as all.
 *
 * @public
 */
export function percent(share: number): string {
  return `${Math.floor(share * 1000) / 10} %`;
}

/**
 * @returns a span of time as people say it behind "the last": `10 minutes`, `6 hours`, `day`.
 *
 * @public
 */
export function spanWords(seconds: number): string {
  const [unit, length] =
    units.find(([, each]) => seconds % each === 0) ?? units[units.length - 1];
  return seconds === length ? unit : count(seconds / length, unit);
}

const units: ReadonlyArray<[name: string, seconds: number]> = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];
