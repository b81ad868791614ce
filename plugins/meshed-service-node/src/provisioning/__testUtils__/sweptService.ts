import {
  kinds,
  MESHWAY_API_VERSION,
  names,
  parseMeshedServiceSpec,
  renderBundle,
} from '@meshway/plugin-meshed-service-common';
import type { TestPlatform } from '@meshway/test-platform';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Agent } from 'undici';
import { RequestLimits } from '../../http';
import { DefaultPublishing } from '../../publishing';
import { RetirementRequest } from '../MeshedServiceProvisioning';
import {
  aRequestFor,
  byAda,
  CLUSTER,
  portalOn,
  PROJECT,
  provisioningOn,
} from './aCluster';
import { administrator } from './anAdministrator';
import { FaultProxy, FaultRun } from './faultProxy';
import { Subject } from './sweep';
import { SweptForge } from './sweptForge';

/** What services are swept on. */
export type SweepSetting = {
  platform: TestPlatform;
  admin: ReturnType<typeof administrator>;
  connections: { kubernetes: Agent; vault: Agent };
};
type Delivery = 'apply' | 'gitops';

const everything = {
  phase: 'audit',
  secrets: { delivery: 'vso', paths: ['database'] },
  quota: { cpu: '2', memory: '2Gi', pods: 4 },
};

/** A service whose making is swept. In gitops Argo CD has done its part in the cluster already. */
export async function aServiceToBeMade(
  setting: SweepSetting,
  delivery: Delivery,
  limits: RequestLimits,
): Promise<Subject> {
  const service = await aService(setting, delivery, limits);
  if (delivery === 'gitops') await service.deliver();
  return {
    ...service,
    attempt: () =>
      service.provisioning.ensure(service.request, service.options),
  };
}

/** A service that is there, with everything that belongs to it, and whose retirement is swept. */
export async function aServiceToBeRetired(
  setting: SweepSetting,
  delivery: Delivery,
  limits: RequestLimits,
): Promise<Subject> {
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
    attempt: () => service.provisioning.retire(retirement, service.options),
    end: async () => {
      ended.abort();
      await letGo;
      await service.end();
    },
  };
}

async function aService(
  { platform, admin, connections }: SweepSetting,
  delivery: Delivery,
  limits: RequestLimits,
) {
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
  });
  const calm = provisioningOn(platform, { ...parts, pollSeconds: 1 });
  const said: string[] = [];
  const request = aRequestFor(name, {
    ...everything,
    delivery: { mode: delivery, repository: name, project: PROJECT },
  });
  const application = {
    ...kinds.Application,
    namespace: 'argocd',
    name: names.argoApplication(ref),
  };
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
    said: () => said.join('\n'),
    use(run: FaultRun) {
      toKubernetes.run = run;
      toVault.run = run;
      git.forge.run = run;
    },
    /** Argo CD's part: what stands in the repository, and the application that the ApplicationSet makes. */
    async deliver() {
      const spec = parseMeshedServiceSpec(request.service);
      const { objects } = renderBundle(spec, calm.parts.platform);
      for (const object of objects)
        if (object.apiVersion !== MESHWAY_API_VERSION)
          await admin.apply(object);
      await admin.apply({
        ...kinds.Application,
        metadata: { name: application.name, namespace: application.namespace },
        spec: { project: PROJECT },
      });
    },
    async state() {
      const namespace = await admin.kubernetes.read({
        ...kinds.Namespace,
        name,
      });
      const role = names.vaultRole(ref);
      const state = {
        namespace: namespace && {
          labels: namespace.metadata.labels,
          annotations: namespace.metadata.annotations,
          terminating: namespace.metadata.deletionTimestamp !== undefined,
        },
        objects: await admin.contents(name),
        application: (await admin.kubernetes.read(application))?.spec,
        role: await calm.vault?.readRole('kubernetes', role),
        git: await git.state(name, ref),
      };
      return JSON.parse(
        JSON.stringify(state)
          .replaceAll(name, 'NAME')
          .replaceAll(git.folder, 'FOLDER'),
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

/** Repositories of one service alone, in a folder of their own. */
async function aGitPortal(platform: TestPlatform) {
  const folder = await mkdtemp(join(tmpdir(), 'meshway-sweep-'));
  const portal = portalOn(platform, folder);
  const forge = new SweptForge(portal.forge);
  const publishing = new DefaultPublishing(portal.config, forge);
  return {
    folder,
    forge,
    publishing,
    settings: portal.settings,
    async state(name: string, ref: Parameters<typeof names.namespace>[0]) {
      const { files } = (await portal.forge.read(name)) ?? {};
      const claim = await portal.publishing.registry.readClaim(ref);
      return { paths: [...(files?.keys() ?? [])], owner: claim?.owner };
    },
    end: () => rm(folder, { recursive: true, force: true }),
  };
}
