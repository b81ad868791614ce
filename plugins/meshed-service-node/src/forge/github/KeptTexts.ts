/** Some 60,000 claims; what is over it was read long ago. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/**
 * Texts by the id that git gives their content, so what is kept is never outdated. A file that is no text is kept as
 * undefined. When there is no more room, what was kept first goes first.
 */
export class KeptTexts {
  private readonly texts = new Map<string, string | undefined>();
  private characters = 0;

  constructor(private readonly mostCharacters = MOST_CHARACTERS) {}

  has(id: string): boolean {
    return this.texts.has(id);
  }

  get(id: string): string | undefined {
    return this.texts.get(id);
  }

  keep(id: string, text: string | undefined): void {
    this.drop(id);
    this.texts.set(id, text);
    this.characters += sizeOf(id, text);
    for (const oldest of this.texts.keys()) {
      if (this.characters <= this.mostCharacters) return;
      this.drop(oldest);
    }
  }

  private drop(id: string): void {
    if (!this.texts.has(id)) return;
    this.characters -= sizeOf(id, this.texts.get(id));
    this.texts.delete(id);
  }
}

function sizeOf(id: string, text: string | undefined): number {
  return id.length + (text?.length ?? 0);
}
