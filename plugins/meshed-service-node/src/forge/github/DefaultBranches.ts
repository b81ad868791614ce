import type { GithubTrees } from './GithubTrees';

/** Who renames a default branch waits so long, unless the old one is gone. */
const KEPT_MILLISECONDS = 10 * 60_000;

/** Names of default branches, remembered for a while: to ask each time would double what a look at a repository costs. */
export class DefaultBranches {
  private readonly known = new Map<string, { name: string; until: number }>();

  constructor(private readonly now: () => number = Date.now) {}

  /** @returns the commit at the tip of the default branch; undefined while there is none. */
  async tipOf(
    repository: string,
    trees: Pick<GithubTrees, 'tipOf'>,
    ask: () => Promise<string | undefined>,
  ): Promise<string | undefined> {
    const known = this.known.get(repository);
    if (known && known.until > this.now()) {
      const tip = await trees.tipOf(known.name);
      if (tip) return tip;
    }
    this.known.delete(repository);
    const name = await ask();
    const tip = name && (await trees.tipOf(name));
    if (!tip) return undefined;
    this.known.set(repository, {
      name,
      until: this.now() + KEPT_MILLISECONDS,
    });
    return tip;
  }
}
