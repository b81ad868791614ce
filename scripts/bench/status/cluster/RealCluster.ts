import { kinds } from '@meshway/plugin-meshed-service-common';
import {
  ApiServer,
  connect,
  folderOf,
  makeArgoKinds,
  PlatformState,
} from '@meshway/test-platform';
import { readFileSync, rmSync } from 'node:fs';
import { benchPlatform, Fleet, FleetSize } from '../fleet';
import { writeFleet } from './writeFleet';

const CONTROLLERS = 'kube-controller-manager';

/** A real API server and its database, with a fleet in it. */
export class RealCluster {
  private constructor(
    readonly fleet: Fleet,
    readonly kubernetes: NonNullable<PlatformState['kubernetes']>,
    readonly administrator: ApiServer,
    private readonly end: () => Promise<void>,
  ) {}

  static async boot(size: FleetSize): Promise<RealCluster> {
    const folder = folderOf(`bench-${process.pid}`);
    const connection = await connect(folder, process.pid);
    let controllers: number | undefined;
    const end = async () => {
      if (controllers) process.kill(controllers, 'SIGCONT');
      await connection.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    try {
      const state = await connection.provide(['kubernetes']);
      const { kubernetes, processes } = state;
      if (!kubernetes) throw new Error('The platform has no Kubernetes.');
      controllers = processes.find(({ name }) => name === CONTROLLERS)?.pid;
      if (controllers) process.kill(controllers, 'SIGSTOP');
      const administrator = new ApiServer(
        kubernetes.url,
        readFileSync(kubernetes.caFile, 'utf8'),
        kubernetes.adminToken,
      );
      await makeArgoKinds(administrator);
      await administrator.apply({
        ...kinds.Namespace,
        metadata: { name: benchPlatform.argocd.namespace },
      });
      const fleet = new Fleet(size);
      await writeFleet(fleet, kubernetes);
      return new RealCluster(fleet, kubernetes, administrator, end);
    } catch (error) {
      await end();
      throw error;
    }
  }

  stop(): Promise<void> {
    return this.end();
  }
}
