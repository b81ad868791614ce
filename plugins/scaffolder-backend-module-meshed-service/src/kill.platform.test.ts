import type { JsonObject } from '@backstage/types';
import { platformForTests } from '@meshway/test-platform';
import { aKillablePortal, Boundary } from './__testUtils__/aKillablePortal';

/** `full`: at every boundary. A number: at so many, spread over all of them. */
const extent = process.env.MESHWAY_KILLS ?? '3';

describe('a portal that is killed while it', () => {
  // Its own, without an Argo CD: whose part is imitated here.
  const platform = platformForTests(['kubernetes', 'vault'], { own: true });
  jest.setTimeout(3 * 3_600_000);
  let killable: Awaited<ReturnType<typeof aKillablePortal>>;

  beforeAll(async () => {
    killable = await aKillablePortal(platform);
    // The first task loads what the later ones have.
    await make(platform.newNamespaceName('warm'), 'apply');
  });
  afterAll(() => killable?.end());

  /** Asks, undisturbed. */
  async function ask(values: JsonObject, template: string) {
    const done = await killable.portal.tasks.ask(values, { template });
    expect([done.status, done.log]).toEqual(['completed', expect.anything()]);
  }
  const make = (name: string, mode: 'apply' | 'gitops') =>
    ask(killable.values(name, mode), 'applies');

  /** What is done before somebody asks, and what is asked for. */
  type Operation = {
    template: string;
    /** Whether it looks until something is gone: then there may be fewer requests another time. */
    waits: boolean;
    prepare(name: string): Promise<unknown>;
    values(name: string): JsonObject;
  };
  const makes = (mode: 'apply' | 'gitops'): Operation => ({
    template: 'applies',
    waits: false,
    values: name => killable.values(name, mode),
    prepare: async name =>
      mode === 'gitops' && killable.deliver(killable.values(name, mode)),
  });
  const retires: Operation = {
    template: 'retire-service',
    waits: true,
    values: name => ({ service: `local/${name}/${name}`, namespace: name }),
    prepare: name => make(name, 'apply'),
  };

  async function undisturbed({ prepare, values, template }: Operation) {
    const name = platform.newNamespaceName('calm');
    // A portal that has just been started asks for more than one that knows what is served: so it is after each kill.
    await killable.portal.stop();
    await killable.portal.start();
    await prepare(name);
    const end = killable.lettingGo(name);
    killable.calm();
    await ask(values(name), template);
    const { seen } = killable;
    await end();
    return { seen, state: await killable.stateOf(name) };
  }

  /** @returns the task in the end, and whether the portal was killed before that, or there was nothing to kill it at. */
  async function killed(
    name: string,
    boundary: Boundary,
    { values, template, waits }: Operation,
  ) {
    const { portal, killAt, calm } = killable;
    const end = killable.lettingGo(name);
    killAt(boundary);
    // The portal may be gone before it has answered.
    await portal.tasks.send(values(name), { template }).catch(() => undefined);
    const isKilled = await Promise.race([
      portal.ended().then(() => true),
      // It ends undisturbed where there is no such request this time.
      portal.tasks
        .idFor(name)
        .then(id => portal.tasks.finished(id))
        .then(
          () => false,
          () => portal.ended().then(() => true),
        ),
    ]);
    const isBeyond =
      waits &&
      boundary.before === 'request' &&
      killable.seen.requests < boundary.at;
    calm();
    if (isKilled) await portal.start();
    const task = await portal.tasks.finished(await portal.tasks.idFor(name));
    await end();
    return { isKilled, isBeyond, task };
  }

  it.each([
    ['makes a service', () => makes('apply')],
    ['makes a service by git', () => makes('gitops')],
    ['retires a service', () => retires],
  ])(
    '%s is started again, takes the task up by itself, and ends where an undisturbed one ends',
    async (what, operationOf) => {
      const operation = operationOf();
      const calm = await undisturbed(operation);
      const failures: string[] = [];
      const boundaries = boundariesOf(calm.seen);
      const count = { killed: 0, beyond: 0 };
      for (const boundary of boundaries) {
        const name = platform.newNamespaceName('kill');
        await operation.prepare(name);
        const { isKilled, isBeyond, task } = await killed(
          name,
          boundary,
          operation,
        );
        if (isKilled) count.killed += 1;
        else if (isBeyond) count.beyond += 1;
        const where = `killed before ${boundary.before} ${boundary.at}`;
        if (task.status !== 'completed')
          failures.push(`${where}: ${task.status}\n${task.log}`);
        const state = await killable.stateOf(name);
        if (state !== calm.state)
          failures.push(`${where}: ended otherwise: ${state}`);
      }
      const { requests, writes } = calm.seen;
      process.stdout.write(
        `Killed while it ${what}: at ${count.killed} of ${requests} requests and ${writes} writes of repositories (MESHWAY_KILLS=${extent}; ${count.beyond} lay beyond what a shorter wait had): ${failures.length} did not end as the undisturbed one.\n`,
      );
      expect(failures).toEqual([]);
      expect(count.killed + count.beyond).toBe(boundaries.length);
    },
  );
});

/** @returns where it is killed: at the first request, the last, and evenly in between; at a third as many writes of repositories. */
function boundariesOf(seen: { requests: number; writes: number }): Boundary[] {
  const count = extent === 'full' ? Infinity : Number(extent);
  const requests = spread(seen.requests, count);
  const writes = spread(seen.writes, Math.ceil(count / 3));
  return [
    ...requests.map(at => ({ before: 'request' as const, at })),
    ...writes.map(at => ({ before: 'write' as const, at })),
  ];
}

/** @returns so many of the numbers up to the last one, which is always among them. */
function spread(last: number, count: number): number[] {
  const many = Math.min(last, count);
  const apart = many > 1 ? (last - 1) / (many - 1) : 0;
  return Array.from({ length: many }, (_, index) =>
    Math.round(last - index * apart),
  ).reverse();
}
