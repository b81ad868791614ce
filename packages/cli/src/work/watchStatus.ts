import { setTimeout as sleep } from 'node:timers/promises';
import {
  formatServiceRef,
  MeshStatus,
} from '@meshway/plugin-meshed-service-common';
import { presentStatuses } from '../present';
import type { Terminal } from '../Terminal';
import type { StatusSource } from './statusSource';

/** Changes that come together are said together. */
const TOGETHER_MS = 100;
/** A folder says nothing when it changes; and what is old grows older. */
const LOOK_MS = 1000;
/** Ages on a screen are drawn anew that often. */
const REDRAW_MS = 10_000;

/**
 * Says what is true, and every change of it, until it is interrupted.
 *
 * @returns what was true last.
 */
export async function watchStatus(
  source: StatusSource,
  { json }: { json?: boolean },
  terminal: Terminal,
  signal: AbortSignal,
): Promise<MeshStatus[]> {
  const say = json ? sayingLines(terminal) : sayingTexts(source, terminal);
  const changes = listeningTo(source);
  source.start();
  let services: MeshStatus[] = [];
  try {
    while (!signal.aborted) {
      ({ services } = await source.read());
      say(services, new Date());
      await changes.next(signal);
    }
  } finally {
    changes.end();
  }
  return services;
}

/** Tells when it is time to look again: soon after a change, and from time to time. */
function listeningTo(source: StatusSource) {
  let bell = new AbortController();
  const end = source.subscribe(() => bell.abort());
  return {
    end,
    async next(signal: AbortSignal): Promise<void> {
      const until = AbortSignal.any([signal, bell.signal]);
      await sleep(LOOK_MS, undefined, { signal: until }).catch(() => undefined);
      if (signal.aborted) return;
      if (bell.signal.aborted)
        await sleep(TOGETHER_MS, undefined, { signal }).catch(() => undefined);
      bell = new AbortController();
    },
  };
}

type Say = (services: readonly MeshStatus[], now: Date) => void;

/** A line of JSON for each service at first, then for each that is another than before, or gone. */
function sayingLines(terminal: Terminal): Say {
  const known = new Map<string, string>();
  return (services, now) => {
    const at = now.toISOString();
    const { changed, gone } = difference(known, services);
    for (const status of changed)
      terminal.print(JSON.stringify({ at, status }));
    for (const service of gone)
      terminal.print(JSON.stringify({ at, gone: service }));
  };
}

function sayingTexts(source: StatusSource, terminal: Terminal): Say {
  return terminal.redraw
    ? drawing(source, terminal.redraw)
    : sayingBlocks(source, terminal);
}

/** For a file or a pipe: what has changed, below what was. */
function sayingBlocks(source: StatusSource, terminal: Terminal): Say {
  const known = new Map<string, string>();
  let isFirst = true;
  return (services, now) => {
    const { changed, gone } = difference(known, services);
    if (isFirst || changed.length > 0)
      terminal.print(
        `${isFirst ? '' : '\n'}${presentStatuses(changed, source.place, now)}`,
      );
    for (const service of gone) terminal.print(`\n${service}: gone`);
    isFirst = false;
  };
}

/** For a screen: everything, in place of what was. */
function drawing(
  source: StatusSource,
  redraw: NonNullable<Terminal['redraw']>,
): Say {
  const known = new Map<string, string>();
  let drawnAt = -Infinity;
  return (services, now) => {
    const { changed, gone } = difference(known, services);
    const isOld = now.getTime() - drawnAt >= REDRAW_MS;
    if (changed.length === 0 && gone.length === 0 && !isOld) return;
    drawnAt = now.getTime();
    redraw(
      `${presentStatuses(
        services,
        source.place,
        now,
      )}\n\nWatching; ctrl-C ends it.`,
    );
  };
}

/** What is another than it was; that it was seen again is no change. Remembers it. */
function difference(
  known: Map<string, string>,
  services: readonly MeshStatus[],
): { changed: MeshStatus[]; gone: string[] } {
  const now = new Map(
    services.map(status => [formatServiceRef(status.service), status]),
  );
  const gone = [...known.keys()].filter(service => !now.has(service));
  gone.forEach(service => known.delete(service));
  const changed = services.filter(status => {
    const service = formatServiceRef(status.service);
    const text = essenceOf(status);
    if (known.get(service) === text) return false;
    known.set(service, text);
    return true;
  });
  return { changed, gone };
}

function essenceOf({ observedAt: _, sources, ...status }: MeshStatus): string {
  return JSON.stringify([
    status,
    sources.map(({ kind, freshness, message }) => [kind, freshness, message]),
  ]);
}
