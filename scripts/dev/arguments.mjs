/** Reads the arguments of a verb; what it does not know is refused by name. */
import { parseArgs } from 'node:util';
import { Stop } from './stop.mjs';

/** @returns `{ values, positionals }` as node:util gives them. */
export function read(verb, args, options, allowPositionals = false) {
  try {
    return parseArgs({ args, options, allowPositionals });
  } catch (error) {
    throw new Stop(`./dev ${verb}: ${error.message.split('.')[0]}.`);
  }
}
