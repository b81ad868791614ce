import {
  formatObjectRef,
  ObjectRef,
  Problem,
} from '@meshway/plugin-meshed-service-common';
import { inOurWords } from '../inOurWords';

/** `+ create    Server cart/cart.http`; every line of a list has its words at the same place. */
export function line(sign: string, word: string, what: string): string {
  return `  ${sign} ${word.padEnd(9)} ${what}`;
}

/** Below a line. */
export const below = (text: string) => `                ${text}`;

/** What something is, as people look for it. */
export function nameOf(ref: ObjectRef): string {
  return formatObjectRef(ref);
}

/** One reason why it would not work. */
export function presentProblem({
  code,
  system,
  message,
  fix,
}: Problem): string {
  return inOurWords(`${code} (${system}): ${message}\n    ${fix}`);
}

/** `1 object`, `2 objects`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
