import {
  kinds,
  KubernetesObject,
  names,
  Phase,
  Problem,
  repositoryUrl,
} from '@meshway/plugin-meshed-service-common';
import {
  AlreadyExistsError,
  Kubernetes,
  ObservedKubernetesObject,
} from '../../kubernetes';
import { ProvisioningCluster, ProvisioningParts, Wanted } from '../context';
import { isOurs } from '../ownership';
import { phaseSeen } from '../phase/phaseSeen';
import { concurrently } from './concurrently';
import {
  decideByContent,
  decideByDryRun,
  decideByOwner,
  ObjectDecision,
} from './decideObject';
import { Kind, kindProblems, missingKinds } from './kindsServed';
import { Live, liveOf, readLive } from './readLive';
import { LeftInVault, surveyLeftInVault } from './leftInVault';
import { Problems } from './problemOf';
import { quotaProblems } from './quota';
import { decideRemovals, Removal } from './removals';
import { surveyDelegation, surveyRights } from './rights';
import { surveyServer } from './server';
import { surveyVault, VaultSurvey } from './vault';

/** Everything that was read about a service, and what follows from it. Nothing was written. */
export type Survey = {
  problems: Problem[];
  namespace: ObservedKubernetesObject | undefined;
  /** The phase that it is in, as the cluster says. */
  phase: Phase | undefined;
  /** In the order of the bundle, the namespace first. */
  decisions: ObjectDecision[];
  removals: Removal[];
  vault: VaultSurvey;
  /** Of a service that asks for no secrets (any more). */
  leftInVault: LeftInVault;
};

/** Asks all systems at once, and collects every reason why the operation would not work. */
export async function surveyService(
  wanted: Wanted,
  parts: ProvisioningParts,
  cluster: ProvisioningCluster,
  signal?: AbortSignal,
): Promise<Survey> {
  const { kubernetes } = cluster;
  const problems = new Problems();
  const asking = <Answer>(work: () => Promise<Answer>) =>
    problems.during('kubernetes', work);
  const [missing, live, vault] = await Promise.all([
    asking(() => missingKinds(kindsOf(wanted), kubernetes, signal)),
    asking(() => readLive(wanted, kubernetes, problems, signal)),
    surveyVault(cluster.vault, wanted, problems, signal),
    asking(async () =>
      problems.add(...(await surveyServer(kubernetes, signal))),
    ),
    asking(() => surveyRights(wanted, parts, kubernetes, problems, signal)),
    problems.during('argocd', () =>
      surveyProject(wanted, parts, cluster, problems, signal),
    ),
  ]);
  problems.add(
    ...kindProblems(missing ?? [], wanted.objects, kubernetes.cluster),
  );
  // Without a look at the cluster nothing can be said of any object; the problems say why.
  if (!live)
    return {
      problems: problems.all(),
      namespace: undefined,
      phase: undefined,
      decisions: [],
      removals: [],
      vault,
      leftInVault: { removals: [] },
    };
  const [decisions, leftInVault] = await Promise.all([
    decide(wanted, live, kubernetes, problems, {
      missing: missing ?? [],
      signal,
    }),
    surveyLeftInVault(wanted, live, parts, cluster.vault, problems, signal),
  ]);
  await surveyDelegation(wanted, decisions, kubernetes, problems, signal);
  problems.add(
    ...quotaProblems(
      live.others.filter(({ kind }) => kind === kinds.ResourceQuota.kind),
      decisions
        .filter(({ plan }) => plan.action === 'create')
        .map(({ object }) => object),
      wanted.spec,
      quota => isOurs(quota, wanted.holder),
    ),
  );
  const removals =
    wanted.spec.delivery.mode === 'apply'
      ? await decideRemovals(wanted, live.others, kubernetes, signal)
      : [];
  return {
    problems: problems.all(),
    namespace: live.namespace,
    phase: phaseSeen(live, wanted),
    decisions,
    removals,
    vault,
    leftInVault,
  };
}

async function decide(
  wanted: Wanted,
  live: Live,
  kubernetes: Kubernetes,
  problems: Problems,
  { missing, signal }: { missing: readonly Kind[]; signal?: AbortSignal },
): Promise<ObjectDecision[]> {
  const decisions = await concurrently(wanted.objects, async object => {
    const first = decideByOwner(object, liveOf(object, live), wanted.holder);
    const isServed = !missing.some(({ kind }) => kind === object.kind);
    if (wanted.spec.delivery.mode === 'gitops') return decideByContent(first);
    const asked = await problems.during('kubernetes', async () => {
      if (first.plan.action === 'unchanged' && first.live)
        return decideByDryRun(
          { ...first, live: first.live },
          kubernetes,
          signal,
        );
      if (
        first.plan.action === 'create' &&
        isServed &&
        canBeTried(object, live, wanted)
      )
        await tryToCreate(object, kubernetes, signal);
      return first;
    });
    return asked ?? first;
  });
  problems.add(
    ...decisions.flatMap(({ problem }) => (problem ? [problem] : [])),
  );
  return decisions;
}

/** Somebody may be faster, perhaps another run of this very request: whose it is, is seen when it is written. */
async function tryToCreate(
  object: KubernetesObject,
  kubernetes: Kubernetes,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await kubernetes.tryCreate(object, { signal });
  } catch (error) {
    if (!(error instanceof AlreadyExistsError)) throw error;
  }
}

/**
 * A server judges what would be created only in a namespace that is there, and it is nobody's business to try in another's.
 * A binding is judged by what its Role holds, so the Role has to be there.
 */
function canBeTried(
  object: KubernetesObject,
  live: Live,
  { objects, holder }: Wanted,
): boolean {
  if (object.kind === kinds.Namespace.kind) return true;
  if (object.kind === kinds.Application.kind) return true;
  const { namespace } = live;
  if (
    !namespace ||
    !isOurs(namespace, holder) ||
    namespace.metadata.deletionTimestamp !== undefined
  )
    return false;
  const role = objects.find(({ kind }) => kind === kinds.Role.kind);
  return (
    object.kind !== kinds.RoleBinding.kind ||
    (role !== undefined && liveOf(role, live) !== undefined)
  );
}

async function surveyProject(
  { spec, objects }: Wanted,
  { platform }: ProvisioningParts,
  { argocd }: ProvisioningCluster,
  problems: Problems,
  signal?: AbortSignal,
): Promise<void> {
  const { project, repository } = spec.delivery;
  const objections = await argocd.objectionsOfProject(
    {
      project,
      repositoryUrl: repositoryUrl(platform, repository),
      destination: {
        server: platform.argocd.destinationServer,
        namespace: names.namespace(spec),
      },
      // In apply it deploys what the team adds, which nobody knows beforehand.
      ...(spec.delivery.mode === 'gitops'
        ? { kinds: asSeenByArgo(objects) }
        : {}),
    },
    { signal },
  );
  problems.add(
    ...objections.map(message => ({
      code: 'project-objects' as const,
      system: 'argocd' as const,
      message,
      fix: `Choose another delivery.project, or ask the platform team to let the service into ${project}.`,
    })),
  );
}

function kindsOf({ objects }: Wanted): Kind[] {
  const all = objects.map(({ apiVersion, kind }) => ({ apiVersion, kind }));
  return [...new Map(all.map(each => [each.kind, each])).values()];
}

function asSeenByArgo(objects: readonly KubernetesObject[]) {
  return objects.map(({ apiVersion, kind }) => ({
    group: apiVersion.includes('/') ? apiVersion.split('/')[0] : '',
    kind,
    namespaced: kind !== kinds.Namespace.kind,
  }));
}
