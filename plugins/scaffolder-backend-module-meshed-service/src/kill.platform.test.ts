import type { JsonObject } from '@backstage/types';
import { platformForTests } from '@meshway/test-platform';
import { aKillablePortal, Boundary } from './__testUtils__/aKillablePortal';

/** `full`: at every boundary. A number: at so many, spread over all of them. */
const extent = process.env.MESHWAY_KILLS ?? '2';

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
    prepare(name: string): Promise<unknown>;
    values(name: string): JsonObject;
  };
  const makes = (mode: 'apply' | 'gitops'): Operation => ({
    template: 'applies',
    values: name => killable.values(name, mode),
    prepare: async name =>
      mode === 'gitops' && killable.deliver(killable.values(name, mode)),
  });
  const retires: Operation = {
    template: 'retire-service',
    values: name => ({ service: `local/${name}/${name}`, namespace: name }),
    prepare: name => make(name, 'apply'),
  };

  async function undisturbed({ prepare, values, template }: Operation) {
    const name = platform.newNamespaceName('calm');
    await prepare(name);
    const end = killable.lettingGo(name);
    killable.calm();
    await ask(values(name), template);
    const { seen } = killable;
    await end();
    return { seen, state: await killable.stateOf(name) };
  }

  /** @returns the task in the end, and whether the portal was killed before that. */
  async function killed(
    name: string,
    boundary: Boundary,
    { values, template }: Operation,
  ) {
    const { portal, killAt, calm } = killable;
    const end = killable.lettingGo(name);
    killAt(boundary);
    // The portal may be gone before it has answered.
    await portal.tasks.send(values(name), { template }).catch(() => undefined);
    const isKilled = await Promise.race([
      portal.ended().then(() => true),
      // It ends undisturbed where it never came so far.
      portal.tasks
        .idFor(name)
        .then(id => portal.tasks.finished(id))
        .then(
          () => false,
          () => portal.ended().then(() => true),
        ),
    ]);
    calm();
    if (isKilled) await portal.start();
    const task = await portal.tasks.finished(await portal.tasks.idFor(name));
    await end();
    return { isKilled, task };
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
      let kills = 0;
      for (const boundary of boundaries) {
        const name = platform.newNamespaceName('kill');
        await operation.prepare(name);
        const { isKilled, task } = await killed(name, boundary, operation);
        if (isKilled) kills += 1;
        const where = `killed before ${boundary.before} ${boundary.at}`;
        if (task.status !== 'completed')
          failures.push(`${where}: ${task.status}\n${task.log}`);
        const state = await killable.stateOf(name);
        if (state !== calm.state)
          failures.push(`${where}: ended otherwise: ${state}`);
      }
      const { writes, commits } = calm.seen;
      process.stdout.write(
        `Killed while it ${what}: at ${kills} of ${writes} writes and ${commits} changes of repositories (MESHWAY_KILLS=${extent}): ${failures.length} did not end as the undisturbed one.\n`,
      );
      expect(failures).toEqual([]);
      expect(kills).toBe(boundaries.length);
    },
  );
});

/** @returns where it is killed: at the first write, the last, and evenly in between; at a third as many changes of repositories. */
function boundariesOf(seen: { writes: number; commits: number }): Boundary[] {
  const count = extent === 'full' ? Infinity : Number(extent);
  const writes = spread(seen.writes, count);
  const commits = spread(seen.commits, Math.ceil(count / 3));
  return [
    ...writes.map(at => ({ before: 'write' as const, at })),
    ...commits.map(at => ({ before: 'commit' as const, at })),
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
