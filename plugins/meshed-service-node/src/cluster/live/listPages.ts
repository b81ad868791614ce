import type { KubernetesObject } from '@meshway/plugin-meshed-service-common';
import type { StreamedAnswer } from '../../http';
import { Turns } from '../../turns';
import { readText } from './readText';
import { fields, garbage } from './watchEvent';
import { LONGEST_PAGE, WatchLimits } from './WatchLimits';

/** Characters of a page that is parsed in no time. */
const WANTED_PAGE = 2 * 1024 * 1024;

/**
 * Lists everything, page after page.
 *
 * @param ask - asks for one page.
 * @param take - told of every object.
 * @returns the version of the list, to watch from.
 * @throws whatever `ask` throws: when the rest of a list is too old to be had (410), all of it has to be asked for again.
 */
export async function listPages(
  ask: (query: Record<string, string>) => Promise<StreamedAnswer>,
  { page, turn }: Pick<WatchLimits, 'page' | 'turn'>,
  take: (object: KubernetesObject, resourceVersion: string) => void,
): Promise<string> {
  const turns = new Turns(turn);
  let rest: string | undefined;
  let limit = page;
  for (;;) {
    const answer = await ask({
      limit: String(limit),
      ...(rest === undefined ? {} : { continue: rest }),
    });
    const text = await readText(answer, LONGEST_PAGE);
    limit = nextLimit(limit, text.length, page);
    await turns.pass();
    const { items, metadata } = fields(parsed(text));
    const { resourceVersion, continue: next } = fields(metadata);
    if (typeof resourceVersion !== 'string') throw garbage();
    for (const item of listOf(items)) {
      const { name, resourceVersion: own } = fields(fields(item).metadata);
      if (typeof name !== 'string' || name === '' || typeof own !== 'string')
        throw garbage();
      take(item as KubernetesObject, own);
      if (turns.isOver) await turns.pass();
    }
    if (typeof next !== 'string' || next === '') return resourceVersion;
    rest = next;
  }
}

/** A page is parsed in one piece: where objects are large, the next one holds fewer. */
function nextLimit(limit: number, characters: number, most: number): number {
  const each = Math.max(1, characters / limit);
  return Math.max(1, Math.min(most, Math.floor(WANTED_PAGE / each)));
}

/** Go writes an empty list as null. */
function listOf(items: unknown): unknown[] {
  if (items === null) return [];
  if (!Array.isArray(items)) throw garbage();
  return items;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw garbage();
  }
}
