/**
 * What it costs to know the truth: the figures of issue 5, each beside what it has to be.
 *
 *   fleet (made up, always the same)
 *     ├─► replay: an API server of 100,000 objects ─► portal ◄─ reading        one status, a hundred, memory
 *     └─► cluster: a real kube-apiserver ─► portal ◄─ reading, changes, peer    cold start, freshness, another plugin's card
 *
 * Portal, reader, server and peer are processes of their own (`aside`); what is compared is measured in turn. Each row is one file
 * in `rows/`. Run by `./dev bench status`. A bar that is missed is told, and fails nothing: machines differ.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { load, machineSince } from '../machine';
import type { Figure } from './Figure';
import type { Bench } from './rows/Bench';
import { rows } from './rows';
import type { Settings } from './settings';
import { asTable, Run } from './table';

const began = performance.now();
const say = (text: string) =>
  process.stderr.write(
    `${Math.round((performance.now() - began) / 1000)} s ${text}\n`,
  );

async function main(settings: Settings, command: string): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'meshway-bench-'));
  const ends: Array<() => Promise<unknown>> = [];
  const loadBefore = load();
  const bench: Bench = {
    settings,
    folder,
    say,
    atEnd: work => ends.unshift(work),
  };
  try {
    const figures: Figure[] = [];
    for (const { of, measure } of rows) {
      if (!of.some(name => settings.rows.includes(name))) continue;
      figures.push(...(await measure(bench)));
      for (const end of ends.splice(0)) await end();
    }
    const run: Run = {
      at: new Date().toISOString(),
      command,
      machine: machineSince(loadBefore),
      figures,
    };
    process.stdout.write(
      `${settings.json ? JSON.stringify(run, undefined, 2) : asTable(run)}\n`,
    );
  } finally {
    for (const end of ends.splice(0)) await end().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}

main(JSON.parse(process.argv[2]), process.argv[3]).then(
  () => process.exit(0),
  (error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
