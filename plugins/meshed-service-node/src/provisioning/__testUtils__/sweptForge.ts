import type { TestPlatform } from '@meshway/test-platform';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Forge } from '../../forge';
import { DefaultPublishing } from '../../publishing';
import { portalOn } from './aCluster';
import { FaultRun } from './faultProxy';

/**
 * A forge whose calls are requests of a run like all others: counted, and one of them goes wrong. A local forge is a folder
 * and knows no answers: the call fails before it has an effect, or, where the answer would be lost, after it.
 */
export class SweptForge implements Forge {
  readonly kind;
  run = new FaultRun();
  /** What others do once something was committed. */
  onCommit: (
    changes: ReadonlyMap<string, string | undefined>,
  ) => Promise<void> = async () => undefined;

  constructor(private readonly forge: Forge) {
    this.kind = forge.kind;
  }

  addressOf(repository: string) {
    return this.forge.addressOf(repository);
  }
  sourceUrl(...place: Parameters<Forge['sourceUrl']>) {
    return this.forge.sourceUrl(...place);
  }
  actingWith() {
    return this;
  }
  read(...of: Parameters<Forge['read']>) {
    return this.through(['read', of[0]], () => this.forge.read(...of));
  }
  create(...of: Parameters<Forge['create']>) {
    return this.through(['create', of[0]], () => this.forge.create(...of));
  }
  commit(...of: Parameters<Forge['commit']>) {
    return this.through(['commit', of[0]], async () => {
      const done = await this.forge.commit(...of);
      await this.onCommit(of[1]);
      return done;
    });
  }
  propose(...of: Parameters<Forge['propose']>) {
    return this.through(['propose', of[0]], () => this.forge.propose(...of));
  }
  listChanges(...of: Parameters<Forge['listChanges']>) {
    return this.through(['listChanges', of[0] ?? ''], () =>
      this.forge.listChanges(...of),
    );
  }
  mergeChange(...of: Parameters<Forge['mergeChange']>) {
    return this.through(['merge', of[0]], () => this.forge.mergeChange(...of));
  }
  listRepositories() {
    return this.through(['list', ''], () => this.forge.listRepositories());
  }

  private async through<Answer>(
    [method, repository]: [string, string],
    operation: () => Promise<Answer>,
  ): Promise<Answer> {
    const fault = this.run.judge({
      system: 'forge',
      method,
      path: repository,
      body: '',
    });
    if (fault && fault !== 'resetAfter') throw new Error('The line broke');
    const done = await operation();
    if (fault) throw new Error('The line broke');
    return done;
  }
}

/** Repositories of one service alone, in a folder of their own. */
export async function aGitPortal(platform: TestPlatform) {
  const folder = await mkdtemp(join(tmpdir(), 'meshway-sweep-'));
  const portal = portalOn(platform, folder);
  const forge = new SweptForge(portal.forge);
  const publishing = new DefaultPublishing(portal.config, forge);
  return {
    folder,
    forge,
    publishing,
    settings: portal.settings,
    /** Every file of every repository. */
    async state() {
      const repositories = await portal.forge.listRepositories();
      const read = await Promise.all(
        repositories.map(async repository => {
          const { files } = (await portal.forge.read(repository)) ?? {};
          return [repository, Object.fromEntries(files ?? [])];
        }),
      );
      return Object.fromEntries(read);
    },
    end: () => rm(folder, { recursive: true, force: true }),
  };
}
