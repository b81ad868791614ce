import { RequestLimits } from '../../http';
import { Fault, FaultKind, faultKinds, FaultRun } from './faultProxy';

/** What a sweep has shown. */
export type SweepCount = {
  /** Requests of the undisturbed run. */
  requests: number;
  cases: number;
  /** Cases in which the fault struck; fewer where the k-th request never came, as when a wait was shorter this time. */
  struck: number;
  /** Cases in which the operation failed at first, and was repeated. */
  repeated: number;
  /** How often a case proved nothing, because the machine was slower than the time limit, and was tried with a longer one. */
  tooSlow: number;
  /** Cases that did not end as the undisturbed run did, in words. */
  failures: string[];
};

/** One thing on which the operation is tried, with a line to the systems of its own. */
export type Subject = {
  /** Sets what happens to requests from now on. */
  use(run: FaultRun): void;
  /** Attempts the operation. */
  attempt(): Promise<unknown>;
  /** The state that it has left, without what differs from case to case. */
  state(): Promise<unknown>;
  /** Everything that was said to people meanwhile. */
  said(): string;
  end(): Promise<void>;
};

/** One operation that is disturbed again and again, each time on something fresh. */
export type Sweepable = {
  /** Prepares, undisturbed. */
  prepare(limits: RequestLimits): Promise<Subject>;
  secrets: readonly string[];
};

/** What one case has shown. */
type Trial = {
  struck: boolean;
  repeated: boolean;
  givenUp: boolean;
  failures: string[];
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
const isAway = /^ServiceUnavailableError: /;

/**
 * For every k: the k-th request goes wrong. With its repetitions, the operation may fail, and is repeated; without them, it
 * has to succeed by itself. The end is the same either way.
 *
 * @param every - only one of so many cases, spread over all k and all kinds; 1 for all.
 * @param first - of the first so many cases, the one to begin with.
 * @param lanes - how many cases are tried at once.
 */
export async function sweep(
  sweepable: Sweepable,
  { every, first, lanes }: { every: number; first: number; lanes: number },
): Promise<SweepCount> {
  const { requests, expected } = await undisturbed(sweepable);
  const waiting = casesOf(requests).filter(
    (_, index) => index % every === first - 1,
  );
  if (waiting.length === 0)
    throw new Error(
      `There is no case ${first} of ${every}; MESHWAY_SWEEP is full, a number such as 13, or a part such as 2/4`,
    );
  const count: SweepCount = {
    requests,
    cases: waiting.length,
    struck: 0,
    repeated: 0,
    tooSlow: 0,
    failures: [],
  };
  const lane = async () => {
    for (let fault = waiting.shift(); fault; fault = waiting.shift()) {
      const trial = await tryOften(sweepable, fault, expected, count);
      if (trial.struck) count.struck += 1;
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

async function undisturbed({ prepare }: Sweepable) {
  const subject = await prepare(patient);
  const calm = new FaultRun();
  subject.use(calm);
  await subject.attempt();
  const expected = JSON.stringify(await subject.state());
  await subject.end();
  return { requests: calm.requests.length, expected };
}

/**
 * Where a request hangs, the time limit decides, and a request that was merely slow may meet it as well. Such a case proves
 * nothing: it is tried again with thrice the time.
 */
async function tryOften(
  sweepable: Sweepable,
  fault: Fault,
  expected: string,
  count: SweepCount,
): Promise<Trial> {
  let limits = patient;
  if (fault.kind === 'hang')
    limits = { ...patient, requestMilliseconds: SHORTEST_MILLISECONDS };
  for (let trial = 1; ; trial++) {
    const shown = await tryOnce(sweepable, fault, expected, limits);
    const isSlow = shown.givenUp || shown.failures.some(isTimeLimit);
    const isProof = shown.failures.length === 0 || !isSlow;
    if (isProof || trial === TRIALS) return shown;
    count.tooSlow += 1;
    const { requestMilliseconds } = limits;
    limits = { ...limits, requestMilliseconds: requestMilliseconds * 3 };
  }
}

async function tryOnce(
  { prepare, secrets }: Sweepable,
  fault: Fault,
  expected: string,
  limits: RequestLimits,
): Promise<Trial> {
  const subject = await prepare(limits);
  const failures: string[] = [];
  const run = new FaultRun(fault);
  subject.use(run);
  const failed = await subject.attempt().then(
    () => undefined,
    (error: Error) => `${error.name}: ${error.message}`,
  );
  const repeat = new FaultRun();
  subject.use(repeat);
  if (failed !== undefined && !fault.withRetries && !run.struckForge)
    failures.push(`did not get over it: ${failed}`);
  // A system that is away gives no reason to blame the user, his rights or others.
  if (failed !== undefined && !run.struckForge && !isAway.test(failed))
    failures.push(`blamed somebody: ${failed}`);
  if (failed !== undefined)
    await subject.attempt().catch((error: Error) => {
      failures.push(`a repeat failed: ${error.message}`);
    });
  const state = JSON.stringify(await subject.state());
  if (state !== expected) failures.push(`ended otherwise: ${state}`);
  const said = `${subject.said()} ${failed ?? ''}`;
  if (secrets.some(secret => said.includes(secret)))
    failures.push('a secret was told');
  await subject.end();
  return {
    struck: run.struck > 0,
    repeated: failed !== undefined,
    givenUp: run.givenUp + repeat.givenUp > 0,
    failures,
  };
}

function nameOf({ kind, at, withRetries }: Fault): string {
  return `${kind} at ${at}${withRetries ? ' with all retries' : ' once'}`;
}

function casesOf(requests: number): Fault[] {
  const cases: Fault[] = [];
  for (let at = 1; at <= requests; at++)
    for (const withRetries of [true, false])
      for (const kind of faultKinds)
        cases.push({ kind: rotated(kind, at), at, withRetries });
  return cases;
}

/** So that a sparse sweep meets every kind. */
function rotated(kind: FaultKind, by: number): FaultKind {
  return faultKinds[(faultKinds.indexOf(kind) + by) % faultKinds.length];
}
