/**
 * What a service costs: requests and milliseconds of a plan, a first apply, a repeated apply (which may write nothing) and a
 * retirement, on a real API server and a real Vault, with the rights that are shipped.
 *
 *   platform of its own ─► warm-up ─► for each size: plan ─► apply ─► apply again ─► retire ─► table or JSON
 *                                        └─ the same objects written blindly, and by kubectl, in the same run
 *
 * Run by `./dev bench provision`. Exit code 1 when a repeated apply has written anything.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { toYaml } from '@meshway/plugin-meshed-service-common';
import { connect, folderOf } from '@meshway/test-platform';
import {
  aRequest,
  by,
  makeProject,
  objectsOf,
  retirementOf,
  takeFinalizer,
  theSystems,
  writeBlindly,
} from './bench';
import { load, Machine, machineSince } from './machine';
import { measure, Measured, rounded, someAtOnce } from './measure';
import { asTable } from './table';

type Settings = { services: number[]; parallel: number; json: boolean };

export type Run = {
  at: string;
  parallel: number;
  machine: Machine;
  memory: { loadedMiB: number; peakMiB: number };
  runs: Array<{ services: number; operations: Record<string, Measured> }>;
  ratios: Record<string, string>;
};

/** One service is measured as often as this, one after the other: one figure would be chance. */
const REPEATS = 5;

const say = (text: string) => process.stderr.write(`${text}\n`);
const peakMiB = () => Math.round(process.resourceUsage().maxRSS / 1024);

async function main(settings: Settings): Promise<number> {
  const folder = folderOf(`bench-${process.pid}`);
  const connection = await connect(folder, process.pid);
  try {
    say('… booting a platform');
    const state = await connection.provide(['kubernetes', 'vault']);
    const made = theSystems(state);
    try {
      return await run(settings, made, state.kubernetes?.kubeconfigs.writer);
    } finally {
      await made.systems.close();
    }
  } finally {
    await connection.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(
  { services, parallel, json }: Settings,
  made: ReturnType<typeof theSystems>,
  kubeconfig = '',
): Promise<number> {
  await makeProject(made.administrator);
  say('… warming up');
  await operationsOn(['bench-warm-a', 'bench-warm-b'], 2, made);
  const loadedMiB = peakMiB();
  const loadBefore = load();
  const runs: Run['runs'] = [];
  for (const number of services) {
    say(`… ${number} ${number === 1 ? 'service' : 'services'}`);
    const names = Array.from(
      { length: number === 1 ? REPEATS : number },
      (_, index) => `bench-${number}-${index}`,
    );
    const operations = await operationsOn(
      names,
      number === 1 ? 1 : parallel,
      made,
    );
    runs.push({
      services: number,
      operations:
        number === 1
          ? { ...operations, ...(await references(made, kubeconfig)) }
          : operations,
    });
  }
  const result: Run = {
    at: new Date().toISOString(),
    parallel,
    machine: machineSince(loadBefore),
    memory: { loadedMiB, peakMiB: peakMiB() },
    runs,
    ratios: ratiosOf(runs),
  };
  process.stdout.write(
    `${json ? JSON.stringify(result, undefined, 2) : asTable(result)}\n`,
  );
  return judged(runs);
}

/** Every operation for every service, one operation after the other. */
async function operationsOn(
  names: readonly string[],
  parallel: number,
  { provisioning, administrator }: ReturnType<typeof theSystems>,
): Promise<Record<string, Measured>> {
  const each = (work: (name: string) => Promise<unknown>) =>
    measure(names, parallel, work);
  const plan = await each(async name => {
    const { problems, violations } = await provisioning.plan(aRequest(name));
    if (problems.length + violations.length > 0)
      throw new Error(JSON.stringify([problems, violations]));
  });
  const apply = await each(name => provisioning.ensure(aRequest(name), by()));
  const again = await each(name => provisioning.ensure(aRequest(name), by()));
  const planAgain = await each(name => provisioning.plan(aRequest(name)));
  await someAtOnce(names, parallel, name => takeFinalizer(administrator, name));
  const retire = await each(name =>
    provisioning.retire(retirementOf(name), by()),
  );
  return {
    'plan (new)': plan,
    'apply (first)': apply,
    'apply (repeated)': again,
    'plan (nothing to do)': planAgain,
    retire,
  };
}

/** The same objects without any of our care, and by kubectl where there is one. */
async function references(
  { systems }: ReturnType<typeof theSystems>,
  kubeconfig: string,
): Promise<Record<string, Measured>> {
  const names = (what: string) =>
    Array.from({ length: REPEATS }, (_, index) => `bench-${what}-${index}`);
  const blind = await measure(names('blind'), 1, name =>
    writeBlindly(systems, name),
  );
  const found: Record<string, Measured> = {
    'reference: each object sent once, blindly': blind,
  };
  const folder = mkdtempSync(path.join(os.tmpdir(), 'meshway-bench-'));
  try {
    const kubectl = (...args: string[]) =>
      promisify(execFile)('kubectl', ['--kubeconfig', kubeconfig, ...args]);
    const hasKubectl = await kubectl('version', '--client').then(
      () => true,
      () => false,
    );
    if (hasKubectl) {
      const write = async (name: string) => {
        const file = path.join(folder, `${name}.yaml`);
        writeFileSync(file, toYaml(objectsOf(name)));
        await kubectl('apply', '--server-side', '-f', file);
      };
      found['reference: kubectl apply --server-side (without Vault)'] =
        await measure(names('kubectl'), 1, write);
      found['reference: the same again'] = await measure(
        names('kubectl'),
        1,
        write,
      );
    } else say('No kubectl on the PATH: its row is left out.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return found;
}

function ratiosOf(runs: Run['runs']): Run['ratios'] {
  const operations = runs.find(({ services }) => services === 1)?.operations;
  if (!operations) return {};
  const median = (name: string) => operations[name]?.milliseconds.median;
  const ratio = (one: string, other: string): [string, string][] => {
    const [a, b] = [median(one), median(other)];
    return a && b
      ? [[`${one} / ${other}`, `${rounded(a / b)} times the time`]]
      : [];
  };
  return Object.fromEntries(
    Object.keys(operations)
      .filter(name => name.startsWith('reference'))
      .flatMap(name =>
        ratio(
          name.endsWith('again') ? 'apply (repeated)' : 'apply (first)',
          name,
        ),
      ),
  );
}

/** Where nothing differs, nothing may be written. */
function judged(runs: Run['runs']): number {
  const wrote = runs.filter(
    ({ operations }) =>
      operations['apply (repeated)'].requests.byClass.write > 0 ||
      operations['plan (new)'].requests.byClass.write > 0,
  );
  for (const { services } of wrote)
    say(`A plan or a repeated apply of ${services} services has written.`);
  return wrote.length === 0 ? 0 : 1;
}

main(JSON.parse(process.argv[2])).then(
  code => process.exit(code),
  error => {
    process.stderr.write(
      `${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exit(1);
  },
);
