import { readFileSync } from 'node:fs';
import { bootArgoCd } from '../components/argocd';
import { bootKubernetes, type Cluster } from '../components/kubernetes';
import { bootPods } from '../components/pods';
import { bootPrometheus } from '../components/prometheus';
import { bootVault } from '../components/vault';
import type { Boot } from '../components/Boot';
import { withNeeds, type PartName } from '../parts';
import type { Processes } from '../processes';
import type { PlatformState } from '../state';

/** What a part adds to the state once it has booted. */
type Booted = Partial<
  Pick<PlatformState, 'kubernetes' | 'vault' | 'argocd' | 'prometheus'>
> & { contents?: Record<string, string> };

/** Boots parts when they are asked for, each once, and knows how they are. */
export class Host {
  private readonly state: Omit<PlatformState, 'processes'>;
  private readonly booting = new Map<PartName, Promise<void>>();
  private cluster?: Cluster;

  constructor(
    private readonly boot: Boot,
    private readonly processes: Processes,
  ) {
    this.state = {
      pid: process.pid,
      startedAt: new Date().toISOString(),
      folder: boot.folder,
      parts: {},
      contents: {},
    };
  }

  /** @throws Error saying why, when a part cannot boot; asked again, it says so again. */
  async provide(parts: readonly PartName[]): Promise<PlatformState> {
    await Promise.all(withNeeds(parts).map(part => this.ensure(part)));
    return this.current();
  }

  current(): PlatformState {
    return {
      ...this.state,
      processes: this.processes
        .list()
        .map(one => ({ ...one, memoryMiB: memoryOf(one.pid) })),
    };
  }

  private ensure(part: PartName): Promise<void> {
    const known = this.booting.get(part) ?? this.bootPart(part);
    this.booting.set(part, known);
    return known;
  }

  private async bootPart(part: PartName) {
    const started = Date.now();
    this.state.parts[part] = { state: 'starting' };
    try {
      const { contents, ...booted } = await this.starters[part]();
      Object.assign(this.state, booted);
      Object.assign(this.state.contents, contents);
      this.state.parts[part] = {
        state: 'ready',
        bootedInMs: Date.now() - started,
      };
    } catch (error) {
      const because = error instanceof Error ? error.message : String(error);
      this.state.parts[part] = { state: 'failed', because };
      throw error;
    }
  }

  private readonly starters: Record<PartName, () => Promise<Booted>> = {
    kubernetes: async () => {
      const { cluster, state, contents } = await bootKubernetes(this.boot);
      this.cluster = cluster;
      return { kubernetes: state, contents };
    },
    pods: async () => {
      await bootPods(this.boot, await this.clusterThatRuns());
      return {
        contents: {
          Pods: 'played by KWOK: they run, and nothing runs in them',
        },
      };
    },
    vault: async () => ({
      vault: await bootVault(this.boot, await this.clusterThatRuns()),
    }),
    argocd: async () => ({
      argocd: await bootArgoCd(this.boot, await this.clusterThatRuns()),
      contents: {
        'Argo CD':
          'infra/argocd, reading the platform’s own repositories; routes count as healthy, since nobody here acts on them',
      },
    }),
    prometheus: async () => ({ prometheus: await bootPrometheus(this.boot) }),
  };

  private async clusterThatRuns(): Promise<Cluster> {
    await this.ensure('kubernetes');
    if (!this.cluster) throw new Error('There is no cluster.');
    return this.cluster;
  }
}

/** @returns the resident memory of a process, where the system tells it. */
function memoryOf(pid: number): number | undefined {
  try {
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(
      readFileSync(`/proc/${pid}/status`, 'utf8'),
    );
    return line ? Math.round(Number(line[1]) / 1024) : undefined;
  } catch {
    return undefined;
  }
}
