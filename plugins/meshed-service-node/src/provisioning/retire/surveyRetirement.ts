import {
  formatObjectRef,
  formatServiceRef,
  kinds,
  names,
  ObjectRef,
  PlannedObject,
  Problem,
  refOf,
  RetirementPlan,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';
import { Kubernetes, ObservedKubernetesObject } from '../../kubernetes';
import { ProvisioningCluster, ProvisioningParts } from '../context';
import { RetirementRequest } from '../MeshedServiceProvisioning';
import { inWritingOrder } from '../order';
import { describeHolder, Holder, holderOf, isOurs } from '../ownership';
import { questionsFor } from '../permissions';
import { Problems } from '../survey/problemOf';
import { permissionProblems } from '../survey/rights';
import { classify, refsOf } from './classify';
import { Inventory, takeInventory } from './inventory';
import { RetiredFromVault, surveyVault } from './surveyVault';

/** Everything that was read about a service that shall go. */
export type RetirementSurvey = {
  holder: Holder;
  plan: RetirementPlan;
  namespace: ObservedKubernetesObject | undefined;
  application: ObservedKubernetesObject | undefined;
  /** Ours in the namespace, in the order in which they are deleted. */
  ours: ObservedKubernetesObject[];
  inVault: RetiredFromVault;
};

/** @returns where the Argo CD application of a service is. */
export function applicationRef(
  service: ServiceRef,
  { platform }: Pick<ProvisioningParts, 'platform'>,
): ObjectRef {
  return {
    ...kinds.Application,
    namespace: platform.argocd.namespace,
    name: names.argoApplication(service),
  };
}

/** Looks at everything that a retirement would touch, and at everything that it must not. */
export async function surveyRetirement(
  request: RetirementRequest,
  parts: ProvisioningParts,
  cluster: ProvisioningCluster,
  signal?: AbortSignal,
): Promise<RetirementSurvey> {
  const { service, owner, delivery } = request;
  const holder = holderOf({ ...service, owner });
  const { kubernetes } = cluster;
  const problems = new Problems();
  const reading = (ref: ObjectRef) =>
    problems.during('kubernetes', () => kubernetes.read(ref, { signal }));
  const [namespace, application] = await Promise.all([
    reading({ ...kinds.Namespace, name: names.namespace(service) }),
    reading(applicationRef(service, parts)),
    problems.during('kubernetes', () =>
      surveyRights(service, parts, kubernetes, problems, signal),
    ),
  ]);
  problems.add(...foreignProblems([namespace, application], holder, delivery));
  const isHeld = namespace !== undefined && isOurs(namespace, holder);
  const inventory: Inventory = (isHeld
    ? await problems.during('kubernetes', () =>
        takeInventory(kubernetes, names.namespace(service), signal),
      )
    : undefined) ?? { objects: [], unseen: [] };
  const standings = classify(inventory.objects, {
    holder,
    application: names.argoApplication(service),
    roots: [namespace, application].flatMap(each =>
      each ? [each.metadata.uid] : [],
    ),
    applicationGone: application === undefined,
  });
  const ours = inWritingOrder(
    inventory.objects
      .filter(({ metadata }) => standings.get(metadata.uid) === 'ours')
      .map(object => ({ object })),
  )
    .map(({ object }) => object)
    .reverse();
  const inVault = await surveyVault(
    holder,
    { namespace, application, objects: inventory.objects },
    parts,
    cluster,
    problems,
    signal,
  );
  const foreign = refsOf(inventory.objects, standings, 'foreign');
  const all = problems.all();
  return {
    holder,
    namespace,
    application,
    ours,
    inVault,
    plan: {
      service: formatServiceRef(service),
      owner,
      delivery,
      objects: [
        ...(application ? [deleting('argocd', refOf(application))] : []),
        ...inVault.removals.map(({ plan }) => plan),
        ...ours.map(object => deleting('kubernetes', refOf(object))),
      ],
      namespace: {
        name: names.namespace(service),
        ...(namespace && isHeld
          ? fateOf(foreign, inventory.unseen, request)
          : { action: namespace ? 'leave' : 'absent' }),
      },
      foreign,
      unseen: inventory.unseen,
      problems: all,
    },
  };
}

/** @returns whether a namespace goes, and if not, why. What is foreign is never deleted, whatever anybody confirms. */
export function fateOf(
  foreign: readonly ObjectRef[],
  unseen: readonly string[],
  { service, confirmNamespace }: RetirementRequest,
): { action: 'delete' | 'leave'; because?: string } {
  if (foreign.length > 0)
    return {
      action: 'leave',
      because: `it holds ${foreign.length} ${
        foreign.length === 1 ? 'object' : 'objects'
      } of others: ${foreign.slice(0, 10).map(formatObjectRef).join(', ')}${
        foreign.length > 10 ? ', …' : ''
      }`,
    };
  if (unseen.length > 0 && confirmNamespace !== names.namespace(service))
    return {
      action: 'leave',
      because: `nobody can say whether it holds ${unseen.join(
        ', ',
      )} of others, which may not be listed; confirm the name of the namespace to delete it all the same`,
    };
  return { action: 'delete' };
}

function deleting(
  system: PlannedObject['system'],
  ref: ObjectRef,
): PlannedObject {
  return { system, ref, action: 'delete' };
}

function foreignProblems(
  objects: ReadonlyArray<ObservedKubernetesObject | undefined>,
  holder: Holder,
  delivery: RetirementRequest['delivery'],
): Problem[] {
  return objects.flatMap(object => {
    if (!object || isOurs(object, holder)) return [];
    const isApplication = object.kind === kinds.Application.kind;
    // In gitops an ApplicationSet makes the application, and need not copy our record onto it.
    if (isApplication && delivery === 'gitops') return [];
    const ref = refOf(object);
    return [
      {
        code: 'name-taken',
        system: isApplication ? 'argocd' : 'kubernetes',
        ref,
        message: `${formatObjectRef(ref)} belongs to ${describeHolder(
          object,
        )}.`,
        fix: 'Nothing of theirs is touched; ask them.',
      },
    ];
  });
}

async function surveyRights(
  service: ServiceRef,
  { platform }: ProvisioningParts,
  kubernetes: Kubernetes,
  problems: Problems,
  signal?: AbortSignal,
): Promise<void> {
  const questions = questionsFor('retire', {
    service: names.namespace(service),
    argocd: platform.argocd.namespace,
  });
  const answers = await kubernetes.mayI(questions, { signal });
  problems.add(...permissionProblems(questions, answers, kubernetes.cluster));
}
