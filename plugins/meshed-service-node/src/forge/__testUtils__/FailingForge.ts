import { Forge } from '../Forge';

/** A forge whose line breaks once: at the n-th call, before the forge heard it or after it has done it. */
export class FailingForge implements Forge {
  readonly kind;
  calls = 0;

  constructor(
    private readonly forge: Forge,
    private readonly failure:
      | { call: number; moment: 'before' | 'after' }
      | undefined,
  ) {
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
    return this.through(() => this.forge.read(...of));
  }
  create(...of: Parameters<Forge['create']>) {
    return this.through(() => this.forge.create(...of));
  }
  commit(...of: Parameters<Forge['commit']>) {
    return this.through(() => this.forge.commit(...of));
  }
  propose(...of: Parameters<Forge['propose']>) {
    return this.through(() => this.forge.propose(...of));
  }
  listChanges(...of: Parameters<Forge['listChanges']>) {
    return this.through(() => this.forge.listChanges(...of));
  }
  mergeChange(...of: Parameters<Forge['mergeChange']>) {
    return this.through(() => this.forge.mergeChange(...of));
  }
  listRepositories() {
    return this.through(() => this.forge.listRepositories());
  }

  private async through<T>(operation: () => Promise<T>): Promise<T> {
    this.calls += 1;
    const fails = this.calls === this.failure?.call;
    if (fails && this.failure?.moment === 'before')
      throw new Error('The line broke');
    const done = await operation();
    if (fails) throw new Error('The line broke');
    return done;
  }
}
