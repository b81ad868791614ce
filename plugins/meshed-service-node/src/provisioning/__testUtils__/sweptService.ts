import {
  kinds,
  names,
  parseMeshedServiceSpec,
  ProvisioningPlan,
} from '@meshway/plugin-meshed-service-common';
import type { TestPlatform } from '@meshway/test-platform';
import type { Agent } from 'undici';
import { RequestLimits } from '../../http';
import { VaultOverHttp } from '../../vault';
import { RetirementRequest } from '../MeshedServiceProvisioning';
import {
  aRequestFor,
  byAda,
  CLUSTER,
  PROJECT,
  provisioningOn,
} from './aCluster';
import { administrator, withoutRuns } from './anAdministrator';
import { FaultProxy, FaultRun, isWrite } from './faultProxy';
import { aGitPortal } from './sweptForge';
import { deliverAsArgoCd } from './imitatedArgoCd';
import { Strangers } from './sweptStrangers';
import { Subject } from './sweepTrial';

/** What services are swept on. */
export type SweepSetting = {
  platform: TestPlatform;
  admin: ReturnType<typeof administrator>;
  vault: VaultOverHttp;
  connections: { kubernetes: Agent; vault: Agent };
};
type Delivery = 'apply' | 'gitops';

const everything = {
  phase: 'audit',
  secrets: { delivery: 'vso', paths: ['database'] },
  quota: { cpu: '2', memory: '2Gi', pods: 4 },
};

/** A service whose making is swept, and others who move in as soon as they can. In gitops Argo CD has done its part in the cluster already. */
export async function aServiceToBeMade(
  setting: SweepSetting,
  delivery: Delivery,
  limits: RequestLimits,
): Promise<Subject> {
  const service = await aService(setting, delivery, limits);
  const { request, options, strangers, name } = service;
  if (delivery === 'gitops') {
    await service.deliver();
    await strangers.moveInto(name);
  } else service.beforeAnythingIn(name, () => strangers.moveInto(name));
  return {
    ...service,
    waits: false,
    attempt: () => service.provisioning.ensure(request, options),
    async flaws(secrets) {
      const plan = await service.calmly.plan(request);
      return [
        ...(await service.flaws(secrets)),
        ...(strangers.haveMovedIn ? [] : ['nobody else had moved in']),
        ...(plan.outcome === 'unchanged' ? [] : [leftToDo(plan)]),
      ];
    },
  };
}

/** A service among others in its own namespace, which has to stay when the service goes. */
export async function aServiceToBeRetiredAmongOthers(
  ...of: Parameters<typeof aServiceToBeRetired>
): Promise<Subject> {
  const { strangers, name, ...subject } = await aServiceToBeRetired(...of);
  await strangers.moveInto(name);
  return subject;
}

/** A service that is there, with everything that belongs to it, and whose retirement is swept. */
export async function aServiceToBeRetired(
  setting: SweepSetting,
  delivery: Delivery,
  limits: RequestLimits,
) {
  const service = await aService(setting, delivery, limits);
  if (delivery === 'gitops') await service.deliver();
  await service.calmly.ensure(service.request, service.options);
  const retirement: RetirementRequest = {
    service: service.ref,
    owner: 'group:default/shop',
    delivery,
    confirmNamespace: service.name,
  };
  const ended = new AbortController();
  const letGo = setting.admin.letApplicationGo(
    names.argoApplication(service.ref),
    ended.signal,
  );
  return {
    ...service,
    waits: true,
    attempt: () => service.provisioning.retire(retirement, service.options),
    end: async () => {
      ended.abort();
      await letGo;
      await service.end();
    },
  };
}

async function aService(
  { platform, admin, vault: vaultAdmin, connections }: SweepSetting,
  delivery: Delivery,
  limits: RequestLimits,
) {
  const said: string[] = [];
  const name = platform.newNamespaceName('sw');
  const ref = { cluster: CLUSTER, namespace: name, name };
  const [toKubernetes, toVault] = await Promise.all([
    FaultProxy.through(connections.kubernetes, platform.kubernetes.url),
    FaultProxy.through(connections.vault, platform.vault.address),
  ]);
  const git = await aGitPortal(platform);
  const parts = { publishing: git.publishing, platform: git.settings };
  const { provisioning, kubernetes, vault } = provisioningOn(platform, {
    ...parts,
    kubernetesUrl: toKubernetes.url,
    vaultUrl: toVault.url,
    limits,
    pollSeconds: 1,
    onWarning: (warning, attempted) => said.push(`${warning} ${attempted}`),
  });
  const calm = provisioningOn(platform, { ...parts, pollSeconds: 1 });
  const request = aRequestFor(name, {
    ...everything,
    delivery: { mode: delivery, repository: name, project: PROJECT },
  });
  const application = {
    ...kinds.Application,
    namespace: 'argocd',
    name: names.argoApplication(ref),
  };
  const strangers = new Strangers(admin, vaultAdmin);
  await strangers.settleBeside(ref, request, calm.parts.platform);
  if (delivery === 'gitops')
    git.forge.onCommit = async changes => {
      const text = changes.get(names.registration(ref));
      if (text?.includes(kinds.ServiceClaim.kind))
        await admin.remove(application);
    };
  return {
    name,
    ref,
    request,
    provisioning,
    calmly: calm.provisioning,
    options: byAda({ onStep: step => said.push(step), waitSeconds: 900 }),
    strangers,
    hear(told: string) {
      said.push(told);
    },
    async flaws(secrets: readonly string[]) {
      const told = said.join('\n');
      const isTold = secrets.some(secret => told.includes(secret));
      return [
        ...(await strangers.touched()),
        ...(isTold ? ['a secret was told'] : []),
      ];
    },
    /** What others do right before the first write into a namespace. */
    beforeAnythingIn(namespace: string, work: () => Promise<void>) {
      toKubernetes.meddle = async arriving => {
        if (!isWrite(arriving)) return;
        if (arriving.path.includes(`/namespaces/${namespace}/`)) await work();
      };
    },
    use(run: FaultRun) {
      toKubernetes.run = run;
      toVault.run = run;
      git.forge.run = run;
    },
    deliver: () =>
      deliverAsArgoCd(
        admin,
        parseMeshedServiceSpec(request.service),
        calm.parts.platform,
      ),
    async state() {
      const namespace = await admin.kubernetes.read({
        ...kinds.Namespace,
        name,
      });
      const made = await admin.kubernetes.read(application);
      const role = names.vaultRole(ref);
      const state = {
        namespace: namespace && {
          content: withoutRuns(namespace),
          terminating: namespace.metadata.deletionTimestamp !== undefined,
        },
        objects: await admin.contents(name),
        application: made && withoutRuns(made),
        role: await calm.vault?.readRole('kubernetes', role),
        git: await git.state(),
      };
      return JSON.parse(
        JSON.stringify(state)
          .replaceAll(name, 'NAME')
          .replaceAll(git.folder, 'FOLDER')
          // Of texts that hold the name.
          .replace(/sha256:[0-9a-f]{64}/g, 'DIGEST'),
      );
    },
    async end() {
      await Promise.all([
        toKubernetes.close(),
        toVault.close(),
        kubernetes.close(),
        vault?.close(),
        calm.kubernetes.close(),
        calm.vault?.close(),
        git.end(),
      ]);
    },
  };
}

function leftToDo({ objects, files = [], ...plan }: ProvisioningPlan): string {
  const open = {
    objects: objects.filter(({ action }) => action !== 'unchanged'),
    files: files.filter(({ change }) => change !== 'unchanged'),
    problems: plan.problems,
    violations: plan.violations,
  };
  return `something is left to do: ${JSON.stringify(open)}`;
}
