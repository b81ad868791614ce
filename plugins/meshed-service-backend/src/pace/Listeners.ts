/** Who is told of something. One that throws harms nobody else. */
export class Listeners<News> {
  private readonly listeners = new Set<{ tell: (news: News) => void }>();

  constructor(private readonly onError: (error: unknown) => void) {}

  /** @returns how to stop listening. */
  add(tell: (news: News) => void): () => void {
    const entry = { tell };
    this.listeners.add(entry);
    return () => this.listeners.delete(entry);
  }

  tell(news: News): void {
    for (const { tell } of this.listeners) {
      try {
        tell(news);
      } catch (error) {
        this.onError(error);
      }
    }
  }
}
