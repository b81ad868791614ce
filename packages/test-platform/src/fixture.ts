import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { ApiServer } from './cluster/ApiServer';
import { connect, folderOf, type Connection } from './connect';
import { failureOfCurrentDescribe, skipCurrentDescribe } from './jestCircus';
import { withNeeds, type PartName } from './parts';
import type {
  ArgoCdState,
  KubernetesUser,
  PlatformState,
  PrometheusState,
  VaultState,
} from './state';
import { lacking } from './requirements';

/** Limits against hanging for ever; a busy machine is no reason to fail. */
const BOOT_PATIENCE_MS = 10 * 60_000;
const TEST_PATIENCE_MS = 5 * 60_000;

export type TestPlatform = {
  readonly kubernetes: {
    url: string;
    caFile: string;
    /** Address of its database. */
    etcd: string;
    /** Token of a `system:masters`. */
    admin: string;
    /** @returns the path of a kubeconfig. */
    kubeconfig(user: KubernetesUser): string;
    /** The platform's own client, as administrator: to prepare and to look. */
    server: ApiServer;
  };
  readonly vault: VaultState;
  readonly argocd: ArgoCdState;
  readonly prometheus: PrometheusState;
  /** @returns a name that no other test has: prefix and some letters. */
  newNamespaceName(prefix: string): string;
  /** @returns what lies in the cluster, and what of it is imitated. */
  contents(): Record<string, string>;
  /** @returns the process id of a program, to stop, continue or kill it: on a platform of one's own only. */
  processId(name: string): number;
  /**
   * Kills a program as a crash would, and launches it again: on a platform of one's own only.
   *
   * @param extra - more arguments, until it is restarted the next time.
   * @returns once it does its work. Vault is sealed then, as any Vault that was restarted.
   */
  restart(name: string, extra?: readonly string[]): Promise<void>;
};

/**
 * The platform for the tests of this `describe`: shared with every test file of the run, or `own` to this describe.
 * Where this machine cannot have one, the tests are skipped and say why; where MESHWAY_REQUIRE has `platform` or `all`,
 * they fail.
 */
export function platformForTests(
  parts: readonly PartName[],
  options: { own?: boolean } = {},
): TestPlatform {
  const missing = lacking(parts);
  let connection: Connection | undefined;
  let state: PlatformState | undefined;
  if (missing.length > 0 && !isRequired()) {
    skipCurrentDescribe(`no platform on this machine: ${missing.join('; ')}`);
  } else {
    jest.setTimeout(TEST_PATIENCE_MS);
    const hasFailed = failureOfCurrentDescribe();
    beforeAll(async () => {
      if (missing.length > 0) {
        throw new Error(`A platform is required. ${missing.join('. ')}.`);
      }
      connection = await connect(folderOf(nameOfRun(options)), ownerOfRun());
      state = await connection.provide(parts);
    }, BOOT_PATIENCE_MS);
    afterAll(async () => {
      if (!options.own || !connection) return;
      await connection.stop();
      // What is left is its logs. Those of the last failures stay until newer platforms push them out (earlierRuns.ts).
      if (hasFailed())
        process.stderr.write(`Logs of its platform: ${connection.folder}\n`);
      else rmSync(connection.folder, { recursive: true, force: true });
    });
  }
  const part = <Value>(name: PartName, value: Value | undefined): Value => {
    if (value) return value;
    throw new Error(
      withNeeds(parts).includes(name)
        ? `The platform boots before the tests, not while they are collected: ask for ${name} inside of a test.`
        : `This describe has not asked for ${name}: platformForTests(['${name}']).`,
    );
  };
  return {
    get kubernetes() {
      const { url, caFile, etcd, adminToken, kubeconfigs } = part(
        'kubernetes',
        state?.kubernetes,
      );
      return {
        url,
        caFile,
        etcd,
        admin: adminToken,
        kubeconfig: (user: KubernetesUser) => kubeconfigs[user],
        server: new ApiServer(url, readFileSync(caFile, 'utf8'), adminToken),
      };
    },
    get vault() {
      return part('vault', state?.vault);
    },
    get argocd() {
      return part('argocd', state?.argocd);
    },
    get prometheus() {
      return part('prometheus', state?.prometheus);
    },
    newNamespaceName: prefix => `${prefix}-${randomBytes(3).toString('hex')}`,
    contents: () => part('kubernetes', state?.contents),
    processId(name) {
      const found = state?.processes.find(one => one.name === name);
      if (found) return found.pid;
      throw new Error(`The platform has no process ${name}.`);
    },
    async restart(name, extra) {
      if (!options.own || !connection)
        throw new Error(
          'Others use this platform, too: restart nothing on it, but ask for one of your own ({ own: true }).',
        );
      state = await connection.restart(name, extra);
    },
  };
}

/** @returns the name of the folder of a run's platform: one per run of Jest, or one per describe. */
function nameOfRun({ own }: { own?: boolean }): string {
  return own
    ? `own-${process.pid}-${randomBytes(3).toString('hex')}`
    : `run-${ownerOfRun()}`;
}

/** Jest itself: its workers come and go, and are its children by `fork`. */
const ownerOfRun = () => (process.send ? process.ppid : process.pid);

function isRequired(): boolean {
  const required = (process.env.MESHWAY_REQUIRE ?? '').split(',');
  return required.includes('platform') || required.includes('all');
}
