import path from 'node:path';
import type { JsonObject } from '@backstage/types';
import {
  defaultPlatform,
  fromForm,
  kinds,
  names,
  parseMeshedServiceSpec,
} from '@meshway/plugin-meshed-service-common';
import type { TestPlatform } from '@meshway/test-platform';
// Only tests share these: a published package must not export what rests on a private one.
/* eslint-disable @backstage/no-relative-monorepo-imports */
import {
  PROJECT,
  tokenOf,
} from '../../../meshed-service-node/src/provisioning/__testUtils__/aCluster';
import {
  administrator,
  withoutRuns,
} from '../../../meshed-service-node/src/provisioning/__testUtils__/anAdministrator';
import {
  FaultProxy,
  FaultRun,
  isWrite,
  SeenRequest,
} from '../../../meshed-service-node/src/provisioning/__testUtils__/faultProxy';
import { deliverAsArgoCd } from '../../../meshed-service-node/src/provisioning/__testUtils__/imitatedArgoCd';
import { administratorOfVault } from '../../../meshed-service-node/src/provisioning/__testUtils__/theVault';
/* eslint-enable @backstage/no-relative-monorepo-imports */
import { aKey } from './anIssuer';
import { aFolder } from './aPlace';
import { PortalProcess } from './aPortalProcess';
import { aRequest } from './aService';
import { killingGit } from './killingGit';
import { repositoriesIn, withoutCreation } from './repositories';

/**
 * Where it is killed: before the k-th request to cluster or Vault that changes something arrives, or before the k-th change of
 * a repository. To the world outside, a kill before a question is one after the change before it. Questions are no places to
 * count by, either: a portal that has just been started asks for more, and watches on its own account.
 */
export type Boundary = { before: 'write' | 'commit'; at: number };

/** Kills at the k-th write, which does not arrive any more; nothing does. */
class KillingRun extends FaultRun {
  constructor(private readonly at: number, private readonly kill: () => void) {
    super();
  }

  judge(request: SeenRequest) {
    const fault = super.judge(request);
    if (this.struck === 0) {
      if (!isWrite(request) || this.writes.length < this.at) return fault;
      this.struck += 1;
      this.kill();
    }
    return 'resetBefore' as const;
  }
}

/** A portal in a process of its own, between which and the systems somebody stands who kills it. */
export async function aKillablePortal(platform: TestPlatform) {
  const admin = administrator(platform);
  const vaultAdmin = administratorOfVault(platform);
  await admin.makeProject();
  const { kubernetes, vault } = platform;
  const proxies = [
    await FaultProxy.before(kubernetes.url, kubernetes.caFile),
    await FaultProxy.before(vault.address),
  ];
  const folder = aFolder();
  const repositories = path.join(folder, 'repositories');
  const git = killingGit(path.join(folder, 'bin'));
  const [toKubernetes, toVault] = proxies;
  const portal = new PortalProcess({
    folder,
    repositories,
    key: aKey(),
    meshedService: {
      clusters: [
        {
          name: 'local',
          url: toKubernetes.url,
          serviceAccountToken: tokenOf(platform, 'writer'),
        },
      ],
      vault: { address: toVault.url, token: vault.portalToken },
      rateLimits: { writesPerMinute: 10_000, plansPerMinute: 10_000 },
    },
  });
  await portal.start();
  let run = new FaultRun();
  const use = (next: FaultRun, commit?: number) => {
    run = next;
    for (const proxy of proxies) proxy.run = next;
    git.use(commit);
  };

  return {
    portal,
    values: (name: string, mode: 'apply' | 'gitops'): JsonObject =>
      aRequest({
        name,
        secrets: { delivery: 'vso', paths: ['database'] },
        delivery: { mode, repository: name, project: PROJECT },
      }),
    /** What Argo CD does of a service that is asked for. */
    deliver: (values: JsonObject) =>
      deliverAsArgoCd(
        admin,
        parseMeshedServiceSpec(fromForm(values)),
        defaultPlatform,
      ),
    /** Argo CD takes its finalizer off, once the application is being deleted. @returns what ends it. */
    lettingGo(name: string) {
      const ended = new AbortController();
      const letGo = admin.letApplicationGo(
        names.argoApplication(refOf(name)),
        ended.signal,
      );
      return async () => {
        ended.abort();
        await letGo;
      };
    },
    /** Lets everything through from now on. */
    calm: () => use(new FaultRun()),
    killAt({ before, at }: Boundary) {
      if (before === 'commit') use(new FaultRun(), at);
      else use(new KillingRun(at, () => portal.kill()));
    },
    /** How much was changed since. */
    get seen() {
      return { writes: run.writes.length, commits: git.writes };
    },
    /** Everything that a service has left, without what differs from service to service. */
    async stateOf(name: string): Promise<string> {
      const ref = refOf(name);
      const { [name]: repository, 'meshway-registry': registry } =
        withoutCreation(repositoriesIn(repositories));
      const seen = await Promise.all([
        admin.kubernetes.read({ ...kinds.Namespace, name }),
        admin.kubernetes.read({
          ...kinds.Application,
          namespace: defaultPlatform.argocd.namespace,
          name: names.argoApplication(ref),
        }),
      ]);
      const [namespace, application] = seen.map(each =>
        each ? withoutRuns(each) : 'absent',
      );
      const state = {
        namespace,
        application,
        objects: await admin.contents(name),
        role:
          (await vaultAdmin.readRole('kubernetes', names.vaultRole(ref))) ??
          'absent',
        repository,
        claim: registry.files[names.registration(ref)] ?? 'absent',
      };
      return JSON.stringify(state)
        .replaceAll(name, 'NAME')
        .replace(/sha256:[0-9a-f]{64}/g, 'DIGEST');
    },
    async end() {
      await portal.stop();
      git.restore();
      await vaultAdmin.close();
      for (const proxy of proxies) await proxy.close();
    },
  };
}

const refOf = (name: string) => ({ cluster: 'local', namespace: name, name });
