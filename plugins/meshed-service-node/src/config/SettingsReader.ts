import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { Pattern } from '@meshway/plugin-meshed-service-common';

/** One part of the configuration, whose errors name the full key and the way out. */
export class SettingsReader {
  constructor(
    private readonly config: Config | undefined,
    readonly key: string,
  ) {}

  /** @throws InputError when the part holds a key that is not a setting: a typo would silently fall back to a default. */
  only(...settings: string[]): this {
    for (const key of this.config?.keys() ?? []) {
      if (!settings.includes(key))
        throw this.problem(
          key,
          `is not a setting; remove it, or write one of ${settings.join(', ')}`,
        );
    }
    return this;
  }

  /** @returns the keys that are written, where anything may be. */
  names(): string[] {
    return this.config?.keys() ?? [];
  }

  has(name: string): boolean {
    return this.read(name, () => this.config?.has(name)) ?? false;
  }

  /** @throws InputError when more than one of these is written: only one of them could be meant. */
  onlyOne(...names: string[]): void {
    const [first, second] = names.filter(name => this.has(name));
    if (second)
      throw this.problem(
        second,
        `stands beside ${first}; remove one of the two`,
      );
  }

  /** @returns a credential. Its content is in no error. */
  secret(name: string): string | undefined {
    const value = this.read(name, () => this.config?.getOptionalString(name));
    if (value !== undefined && !/^[\x21-\x7e]+$/.test(value.trim()))
      throw this.problem(
        name,
        'is no token; it has spaces or line breaks inside, or characters that no token has',
      );
    return value?.trim();
  }

  part(name: string): SettingsReader {
    return new SettingsReader(
      this.read(name, () => this.config?.getOptionalConfig(name)),
      `${this.key}.${name}`,
    );
  }

  list(name: string): SettingsReader[] | undefined {
    return this.read(name, () =>
      this.config?.getOptionalConfigArray(name),
    )?.map(
      (part, index) =>
        new SettingsReader(part, `${this.key}.${name}[${index}]`),
    );
  }

  text(name: string, pattern?: Pattern): string | undefined {
    const value = this.read(name, () => this.config?.getOptionalString(name));
    if (value !== undefined && pattern && !pattern.expression.test(value))
      throw this.problem(
        name,
        `${quote(value)} is not possible here; write ${pattern.right}`,
      );
    return value;
  }

  required(name: string, pattern: Pattern): string {
    const value = this.text(name, pattern);
    if (value === undefined)
      throw this.problem(name, `is missing; write ${pattern.right}`);
    return value;
  }

  texts(name: string, pattern: Pattern): string[] | undefined {
    const values = this.read(name, () =>
      this.config?.getOptionalStringArray(name),
    );
    const wrong = values?.find(value => !pattern.expression.test(value));
    if (wrong !== undefined)
      throw this.problem(
        name,
        `${quote(wrong)} is not possible here; write ${pattern.right}`,
      );
    return values;
  }

  choice<Choice extends string>(
    name: string,
    choices: readonly Choice[],
  ): Choice | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const choice = choices.find(candidate => candidate === value);
    if (choice === undefined)
      throw this.problem(
        name,
        `must be one of ${choices.join(', ')}; it is ${quote(value)}`,
      );
    return choice;
  }

  flag(name: string): boolean | undefined {
    return this.read(name, () => this.config?.getOptionalBoolean(name));
  }

  wholeNumber(
    name: string,
    range: { from: number; to: number },
  ): number | undefined {
    const value = this.read(name, () => this.config?.getOptionalNumber(name));
    if (
      value !== undefined &&
      !(Number.isInteger(value) && value >= range.from && value <= range.to)
    )
      throw this.problem(
        name,
        `must be a whole number from ${range.from} to ${range.to}; it is ${value}`,
      );
    return value;
  }

  problem(name: string, message: string): InputError {
    return new InputError(`${this.key}.${name}: ${message}`);
  }

  /** Backstage's own complaints name the key relative to their part at times; ours never do. */
  private read<T>(name: string, getter: () => T): T {
    try {
      return getter();
    } catch (error) {
      throw this.problem(
        name,
        `has the wrong type (${
          error instanceof Error ? error.message : String(error)
        }); see config.d.ts of the meshed-service backend plugin`,
      );
    }
  }
}

/** @returns a value for an error text: short, and without the credential that an address may hold. */
function quote(value: string): string {
  return JSON.stringify(value.replace(/\/\/[^/@]*@/, '//…@').slice(0, 80));
}
