import { counting, Sent } from './wire';

/** What some work costs, per service. */
export type Measured = {
  services: number;
  /** Per service, as whoever waits for it sees it. */
  milliseconds: { median: number; p95: number; least: number; most: number };
  /** For all of them. */
  seconds: number;
  servicesPerSecond: number;
  requests: Sent;
};

/** Does the work for each service, some at once, and measures it. */
export async function measure<Service>(
  services: readonly Service[],
  parallel: number,
  work: (service: Service) => Promise<unknown>,
): Promise<Measured> {
  const times: number[] = [];
  const began = performance.now();
  const { sent } = await counting(() =>
    someAtOnce(services, parallel, async service => {
      const start = performance.now();
      await work(service);
      times.push(performance.now() - start);
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    rounded(
      times[Math.min(times.length - 1, Math.floor(times.length * share))],
    );
  return {
    services: services.length,
    milliseconds: {
      median: at(0.5),
      p95: at(0.95),
      least: at(0),
      most: rounded(times[times.length - 1]),
    },
    seconds: rounded(seconds),
    servicesPerSecond: rounded(services.length / seconds),
    requests: sent,
  };
}

export async function someAtOnce<Thing>(
  things: readonly Thing[],
  parallel: number,
  work: (thing: Thing) => Promise<unknown>,
): Promise<void> {
  const waiting = [...things];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      await work(next);
  };
  await Promise.all(
    Array.from({ length: Math.min(parallel, things.length) }, worker),
  );
}

export const rounded = (value: number) => Math.round(value * 10) / 10;
