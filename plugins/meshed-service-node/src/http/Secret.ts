import { inspect } from 'node:util';

/**
 * A credential in memory, which no log and no JSON shows.
 *
 * @public
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** @returns the credential itself, for the one header that it belongs in. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '…';
  }

  toJSON(): string {
    return '…';
  }

  [inspect.custom](): string {
    return '…';
  }
}
