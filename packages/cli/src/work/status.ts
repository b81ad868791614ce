import { MeshStatus } from '@meshway/plugin-meshed-service-common';
import { ExitCode, exitCodes } from '../exitCodes';
import { interruptible } from '../platform';
import { presentStatuses } from '../present';
import type { Host } from '../program';
import { openStatuses, StatusOptions } from './statusSource';
import { watchStatus } from './watchStatus';

/** Says what is true of the mTLS of services, once or until it is interrupted. */
export async function readStatus(
  options: StatusOptions & { watch?: boolean; json?: boolean },
  { terminal, finish }: Host,
): Promise<void> {
  await interruptible(terminal, 'Nothing was written.', async signal => {
    const source = await openStatuses(options, terminal, signal);
    try {
      if (options.watch) {
        finish(
          exitCodeOf(await watchStatus(source, options, terminal, signal)),
        );
        return;
      }
      const seen = await source.read();
      for (const problem of seen.problems) terminal.note(problem.text);
      terminal.print(
        options.json
          ? asJson(source.cluster, seen)
          : presentStatuses(seen.services, source.place, new Date()),
      );
      finish(exitCodeOf(seen.services));
    } finally {
      await source.close();
    }
  });
}

function asJson(
  cluster: string,
  {
    problems,
    services,
  }: { problems: ReadonlyArray<{ problem: object }>; services: MeshStatus[] },
): string {
  return JSON.stringify(
    { cluster, problems: problems.map(({ problem }) => problem), services },
    undefined,
    2,
  );
}

/** Nothing found is nothing known. */
function exitCodeOf(statuses: readonly MeshStatus[]): ExitCode {
  const states = new Set(statuses.map(({ state }) => state));
  if (states.has('degraded') || states.has('missing')) return exitCodes.refused;
  return statuses.length > 0 && [...states].every(state => state === 'ok')
    ? exitCodes.ok
    : exitCodes.unknown;
}
