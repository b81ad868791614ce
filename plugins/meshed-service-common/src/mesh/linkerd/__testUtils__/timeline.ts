import type { Request } from './requests';

/** What happened in a situation, in order; in seconds since it began. */
export type Timeline = ReadonlyArray<{ atSeconds: number; event: string }>;

/**
 * @param target - the pod that was called.
 * @returns whether a request was judged by the objects of its situation, which are as they were at the end: they were not
 *   changed later, and the proxy had been told of them.
 */
export function isJudgedByLastObjects(
  asked: Request,
  target: string,
  timeline: Timeline,
): boolean {
  const judged = judgedAt(asked, timeline);
  return (
    !timeline.some(
      ({ atSeconds, event }) => atSeconds > judged && isChange(event),
    ) && !isUntold(target, judged, timeline)
  );
}

function isChange(event: string): boolean {
  return /\b(applied|deleted|removed|replaced|changed|set to)\b/i.test(event);
}

/** The last attempt is judged when it begins; what is held open, until it ends, which may take a moment. */
function judgedAt(asked: Request, timeline: Timeline): number {
  const { client, request, results, atSeconds = Infinity } = asked;
  const took = results.map(
    ({ ms = 0, endedAfterMs = ms }) => endedAfterMs / 1000,
  );
  const gap = secondsOf(request.args[request.args.indexOf('-gap') + 1]);
  const all = took.reduce((sum, each) => sum + each, 0);
  const duration = all + gap * Math.max(0, results.length - 1);
  // What ran beside others is written down with its beginning, everything else with its end.
  const who = client.pod ?? 'the node';
  const beginning = [who, 'begins:', request.kind, ...request.args];
  const ranBeside = timeline.some(({ event }) => event === beginning.join(' '));
  const ended = ranBeside ? atSeconds + duration : atSeconds;
  return request.kind === 'hold'
    ? ended + 0.5
    : ended - (took[took.length - 1] ?? 0);
}

function secondsOf(text: string | undefined): number {
  const [, number, unit] = /^(\d+)(ms|s)$/.exec(text ?? '') ?? [];
  return Number(number ?? 0) / (unit === 'ms' ? 1000 : 1);
}

/**
 * While no policy controller is there, nobody hears of changes, and a proxy that starts goes by its environment: until one is
 * back.
 */
function isUntold(target: string, until: number, timeline: Timeline): boolean {
  let isThere = true;
  let untold = false;
  for (const { atSeconds, event } of timeline) {
    if (atSeconds > until) break;
    if (event.startsWith('policy controller stopped')) isThere = false;
    if (event.startsWith('policy controller started')) {
      isThere = true;
      untold = false;
    }
    const [, started = ''] = /^proxies started: (.*)/.exec(event) ?? [];
    const starts = started.split(', ').some(each => nameIn(each) === target);
    if (!isThere && (starts || isChange(event))) untold = true;
  }
  return untold;
}

/** Of `web (ready)`. */
function nameIn(started: string): string {
  return started.split(' ')[0];
}
