/**
 * @returns whether a text is a regular expression of Rust, which is what the control plane and proxies are written in. Where it
 *   is not that of JavaScript: nothing looks around or refers back, braces are never literal, letters are not escaped for
 *   nothing, and a bracket opens a class within a class.
 */
export function isRustRegex(text: string): boolean {
  try {
    new Reader(text).alternation(false);
    return true;
  } catch (error) {
    if (error instanceof NoRegex) return false;
    throw error;
  }
}

class NoRegex extends Error {}

/** Groups and classes within each other, in Rust, too; deeper ones would exhaust the stack. */
const DEEPEST = 250;

/** A character that a range may begin or end with; undefined: a class, as `\d`. */
type Literal = { codePoint: number } | undefined;

const escapes = {
  assertion: /\\(?:[AzB<>]|b(?:\{(?:start|end)(?:-half)?\}|(?!\{[A-Za-z-])))/uy,
  class: /\\[dswDSW]/uy,
  property: /\\[pP](?:\{([^}]*)\}|([^\\{]))/uy,
  code: /\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|[xuU]\{([\dA-Fa-f]+)\})/uy,
  control: /\\[afnrtv]/uy,
  itself: /\\([!-/:;=?@[-`{-~\s])/uy,
};
const named = /\?P?<([_\p{Alphabetic}][_.[\]\p{Alphabetic}\p{N}]*)>/uy;
const flagged = /\?([imsUuRx]*)(-[imsUuRx]+)?([:)])/uy;
const counted = /\{\s*(\d+)\s*(?:(,)(?:\s*(\d+)\s*)?)?\}\??/uy;
const asciiClass =
  /\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/uy;

const controls: Record<string, number> = {
  ...{ a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 },
};

class Reader {
  private at = 0;
  private spaced = false;
  private depth = 0;
  private readonly names = new Set<string>();

  constructor(private readonly text: string) {}

  /** @param nested - a closing parenthesis ends it, and nothing else does. */
  alternation(nested: boolean): void {
    const outerSpaced = this.spaced;
    let repeatable = false;
    for (this.skip(); this.at < this.text.length; this.skip()) {
      if (this.take(/\)/uy)) {
        if (!nested) throw new NoRegex();
        this.spaced = outerSpaced;
        return;
      }
      if (this.take(/\|/uy)) repeatable = false;
      else if (this.take(/\(/uy)) repeatable = this.group();
      else if (this.at < this.text.length && this.repetition()) {
        if (!repeatable) throw new NoRegex();
      } else {
        if (this.take(/\[/uy)) this.class();
        else if (!this.take(escapes.assertion)) this.character();
        repeatable = true;
      }
    }
    if (nested) throw new NoRegex();
  }

  /** @returns whether what was in the parentheses can be repeated: flags cannot. */
  private group(): boolean {
    this.skip();
    const name = this.take(named)?.[1];
    const flags = name === undefined ? this.take(flagged) : undefined;
    if (name !== undefined) {
      if (this.names.has(name)) throw new NoRegex();
      this.names.add(name);
    } else if (!flags && this.peek() === '?') {
      throw new NoRegex();
    }
    const [, on = '', off = '', end] = flags ?? [];
    if (new Set(on + off).size < on.length + off.length) throw new NoRegex();
    const spaced = (this.spaced || on.includes('x')) && !off.includes('x');
    if (end === ')') {
      if (on + off === '') throw new NoRegex();
      this.spaced = spaced;
      return false;
    }
    const outerSpaced = this.spaced;
    this.spaced = spaced;
    this.within(() => this.alternation(true));
    this.spaced = outerSpaced;
    return true;
  }

  private repetition(): boolean {
    if (this.take(/[?*+]\??/uy)) return true;
    const count = this.take(counted);
    if (count) {
      const [, least, comma, most] = count;
      const highest = Number(most ?? least);
      if (highest >= 2 ** 32 || (comma && most && +least > highest)) {
        throw new NoRegex();
      }
      return true;
    }
    if (this.peek() === '{') throw new NoRegex();
    return false;
  }

  /** A class, whose bracket has been taken. */
  private class(): void {
    this.skip();
    this.take(/\^/uy);
    this.skip();
    if (!this.take(/-+/uy)) this.take(/\]/uy);
    for (this.skip(); !this.take(/\]/uy); this.skip()) {
      if (this.take(asciiClass) || this.take(/&&|--|~~/uy)) continue;
      if (this.take(/\[/uy)) this.within(() => this.class());
      else this.range();
    }
  }

  private range(): void {
    const from = this.character();
    this.skip();
    if (!this.take(this.spaced ? /-(?!\s*[\]-])/uy : /-(?![\]-])/uy)) return;
    this.skip();
    const to = this.character();
    if (!from || !to || from.codePoint > to.codePoint) throw new NoRegex();
  }

  private character(): Literal {
    if (this.peek() !== '\\') {
      const [character] = this.take(/[^]/uy) ?? [];
      if (character === undefined) throw new NoRegex();
      return { codePoint: character.codePointAt(0)! };
    }
    if (this.take(escapes.class)) return undefined;
    const property = this.take(escapes.property);
    if (property) {
      if (!isProperty(property[1] ?? property[2])) throw new NoRegex();
      return undefined;
    }
    const code = this.take(escapes.code)?.slice(1).find(Boolean);
    if (code !== undefined) {
      const codePoint = parseInt(code, 16);
      const surrogate = codePoint >= 0xd800 && codePoint < 0xe000;
      if (surrogate || codePoint > 0x10ffff) throw new NoRegex();
      return { codePoint };
    }
    const control = this.take(escapes.control)?.[0][1];
    if (control !== undefined) return { codePoint: controls[control] };
    const itself = this.take(escapes.itself)?.[1];
    if (itself === undefined) throw new NoRegex();
    return { codePoint: itself.codePointAt(0)! };
  }

  private within(read: () => void): void {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new NoRegex();
    read();
    this.depth -= 1;
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  private peek(): string {
    return this.text[this.at] ?? '';
  }

  /** Where blanks mean nothing, they and comments are passed over. */
  private skip(): void {
    if (this.spaced) this.take(/(?:\s|#[^\n]*\n?)*/uy);
  }
}

/** Properties are named without regard to case, blanks and underscores; JavaScript wants the proper spelling. */
function isProperty(text: string): boolean {
  const [name, value] = text.split(/!?=|:/);
  const spellings =
    value === undefined
      ? [name, spelled(name), `Script=${spelled(name)}`]
      : [`${name}=${spelled(value)}`, `${spelled(name)}=${spelled(value)}`];
  return spellings.some(each => {
    try {
      return Boolean(new RegExp(`\\p{${each}}`, 'u'));
    } catch {
      return false;
    }
  });
}

/** @returns a name as `Old_Italic`, or as the shorthand `L`. */
function spelled(name: string): string {
  return name
    .split(/[\s_-]+/)
    .map(word => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join('_');
}
