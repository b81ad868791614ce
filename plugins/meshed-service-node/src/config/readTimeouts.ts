import { defaultRequestLimits, RequestLimits } from '../http';
import { SettingsReader } from './SettingsReader';

/** Reads how long is waited for clusters and Vault, and how often they are asked. */
export function readTimeouts(timeouts: SettingsReader): RequestLimits {
  timeouts.only(
    'requestMilliseconds',
    'totalMilliseconds',
    'attempts',
    'pauseMilliseconds',
  );
  const number = (name: keyof RequestLimits, from: number, to: number) =>
    timeouts.wholeNumber(name, { from, to }) ?? defaultRequestLimits[name];
  return {
    requestMilliseconds: number('requestMilliseconds', 50, 600_000),
    totalMilliseconds: number('totalMilliseconds', 50, 3_600_000),
    attempts: number('attempts', 1, 20),
    pauseMilliseconds: number('pauseMilliseconds', 1, 60_000),
  };
}
