import { Fault, FaultKind, faultKinds, FaultRun } from './faultProxy';

/** What a sweep has shown. */
export type SweepCount = {
  /** Requests of the undisturbed run. */
  requests: number;
  cases: number;
  /** Cases in which the fault struck; fewer where the k-th request never came. */
  struck: number;
  /** Cases that did not end as the undisturbed run did, in words. */
  failures: string[];
};

/** One operation that is disturbed again and again, each time on something fresh. */
export type Sweepable = {
  /** Prepares, undisturbed. */
  prepare(): Promise<{
    /** Attempts the operation; its requests go through the run that is set. */
    attempt(): Promise<unknown>;
    /** The state that it has left, without what differs from case to case. */
    state(): Promise<unknown>;
    /** Everything that was logged or thrown in words. */
    said(): string;
  }>;
  /** Sets what happens to requests from now on. */
  use(run: FaultRun): void;
  secrets: readonly string[];
};

/**
 * For every k: the k-th request goes wrong. With its repetitions, the operation may fail, and is repeated; without them, it
 * has to succeed by itself. The end is the same either way.
 *
 * @param every - only one of so many cases, spread over all k and all kinds; 1 for all.
 */
export async function sweep(
  { prepare, use, secrets }: Sweepable,
  { every }: { every: number },
): Promise<SweepCount> {
  const calm = new FaultRun();
  const undisturbed = await prepare();
  use(calm);
  await undisturbed.attempt();
  use(new FaultRun());
  const expected = JSON.stringify(await undisturbed.state());
  const requests = calm.requests.length;
  const faults = casesOf(requests).filter((_, index) => index % every === 0);
  const count: SweepCount = { requests, cases: 0, struck: 0, failures: [] };
  for (const fault of faults) {
    const subject = await prepare();
    const run = new FaultRun(fault);
    use(run);
    const name = `${fault.kind} at ${fault.at}${
      fault.withRetries ? ' with all retries' : ' once'
    }`;
    const failed = await subject.attempt().then(
      () => undefined,
      (error: Error) => `${error.name}: ${error.message}`,
    );
    use(new FaultRun());
    if (failed !== undefined && !fault.withRetries)
      count.failures.push(`${name}: did not get over it: ${failed}`);
    if (failed !== undefined)
      await subject.attempt().catch((error: Error) => {
        count.failures.push(`${name}: a repeat failed: ${error.message}`);
      });
    const state = JSON.stringify(await subject.state());
    if (state !== expected)
      count.failures.push(`${name}: ended otherwise: ${state}`);
    const said = `${subject.said()} ${failed ?? ''}`;
    if (secrets.some(secret => said.includes(secret)))
      count.failures.push(`${name}: a secret was told`);
    count.cases += 1;
    if (run.struck > 0) count.struck += 1;
  }
  return count;
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
