import { RequestLimits } from '../../http';
import { Fault, FaultRun } from './faultProxy';
import { casesOf, SweepExtent, waysOf } from './sweepCases';
import { requestsIn, Subject, tryOnce, Undisturbed } from './sweepTrial';

/** What a sweep has shown. */
export type SweepCount = {
  /** Requests of the undisturbed run. */
  requests: number;
  cases: number;
  /** Kinds of fault that the cases met, each once and with all repetitions: twelve where there are so many cases. */
  ways: number;
  /** Cases in which the fault struck. */
  struck: number;
  /** Cases in which it could not, since there was less to wait for this time and so no k-th request. */
  beyond: number;
  /** Cases in which the operation failed at first, and was repeated. */
  repeated: number;
  /** How often a case proved nothing, because the machine was slower than the time limit, and was tried with a longer one. */
  tooSlow: number;
  /** Cases that did not end as the undisturbed run did, in words. */
  failures: string[];
};

/** One operation that is disturbed again and again, each time on something fresh. */
export type Sweepable = {
  /** Prepares, undisturbed. */
  prepare(limits: RequestLimits): Promise<Subject>;
  secrets: readonly string[];
};

/** Nothing of this is about time, but where the server hangs. */
const patient: RequestLimits = {
  requestMilliseconds: 30_000,
  totalMilliseconds: 120_000,
  attempts: 3,
  pauseMilliseconds: 5,
};
/** A hung request costs this much with each attempt; a request that is only slow must not be taken for one. */
const SHORTEST_MILLISECONDS = 300;
const TRIALS = 6;
/** Only one request hangs, and none in a repeat: whatever else meets the limit, was slow, perhaps before any proxy saw it. */
const isTimeLimit = (failure: string) =>
  /did not (answer within|come in time)/.test(failure);

/**
 * For every k: the k-th request goes wrong. With its repetitions, the operation may fail, and is repeated; without them, it
 * has to succeed by itself. The end is the same either way.
 *
 * @param lanes - how many cases are tried at once.
 */
export async function sweep(
  sweepable: Sweepable,
  { lanes, ...extent }: SweepExtent & { lanes: number },
): Promise<SweepCount> {
  const calm = await undisturbed(sweepable);
  const waiting = casesOf(calm.requests, extent);
  if (waiting.length === 0)
    throw new Error(
      `There is no case ${extent.first} of ${extent.every}; MESHWAY_SWEEP is full, a number such as 13, or a part such as 2/4`,
    );
  const count: SweepCount = {
    requests: calm.requests,
    cases: waiting.length,
    ways: waysOf(waiting),
    struck: 0,
    beyond: 0,
    repeated: 0,
    tooSlow: 0,
    failures: [],
  };
  const lane = async () => {
    for (let fault = waiting.shift(); fault; fault = waiting.shift()) {
      const trial = await tryOften(sweepable, fault, calm, count);
      if (trial.reached === 'struck') count.struck += 1;
      if (trial.reached === 'beyond') count.beyond += 1;
      if (trial.repeated) count.repeated += 1;
      const name = nameOf(fault);
      const found = trial.failures.map(each => `${name}: ${each}`);
      count.failures.push(...found);
      // Told at once: a full sweep takes long.
      for (const each of found) process.stdout.write(`${each}\n`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return count;
}

async function undisturbed({
  prepare,
  secrets,
}: Sweepable): Promise<Undisturbed> {
  const subject = await prepare(patient);
  const run = new FaultRun();
  subject.use(run);
  await subject.attempt();
  // What follows is no part of it.
  subject.use(new FaultRun());
  const state = JSON.stringify(await subject.state());
  const flaws = await subject.flaws(secrets);
  await subject.end();
  // Compared with it, whatever else went wrong would look right.
  if (flaws.length > 0) throw new Error(`Undisturbed: ${flaws.join('; ')}`);
  return {
    requests: run.requests.length,
    different: requestsIn(run),
    state,
  };
}

/**
 * Where a request hangs, the time limit decides, and a request that was merely slow may meet it as well. Such a case proves
 * nothing: it is tried again with thrice the time.
 */
async function tryOften(
  { prepare, secrets }: Sweepable,
  fault: Fault,
  calm: Undisturbed,
  count: SweepCount,
) {
  let limits = patient;
  if (fault.kind === 'hang')
    limits = { ...patient, requestMilliseconds: SHORTEST_MILLISECONDS };
  for (let trial = 1; ; trial++) {
    const subject = await prepare(limits);
    const shown = await tryOnce(subject, fault, calm, { limits, secrets });
    const isSlow = shown.givenUp || shown.failures.some(isTimeLimit);
    const isProof = shown.failures.length === 0 || !isSlow;
    if (isProof || trial === TRIALS) return shown;
    count.tooSlow += 1;
    const { requestMilliseconds } = limits;
    limits = { ...limits, requestMilliseconds: requestMilliseconds * 3 };
  }
}

function nameOf({ kind, at, withRetries }: Fault): string {
  return `${kind} at ${at}${withRetries ? ' with all retries' : ' once'}`;
}
