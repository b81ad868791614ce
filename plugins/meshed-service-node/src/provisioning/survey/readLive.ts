import {
  formatObjectRef,
  kinds,
  KubernetesObject,
  names,
  ObjectRef,
  refOf,
} from '@meshway/plugin-meshed-service-common';
import { Kubernetes, ObservedKubernetesObject } from '../../kubernetes';
import { Wanted } from '../context';
import { namespacedKinds } from '../order';
import { concurrently } from './concurrently';
import { Kind, missingKinds } from './kindsServed';
import { Problems } from './problemOf';

/** What is there of a service, and of others in its namespace. */
export type Live = {
  namespace: ObservedKubernetesObject | undefined;
  application: ObservedKubernetesObject | undefined;
  /** Of the kinds that we write, everything in the namespace, whoever made it. */
  others: ObservedKubernetesObject[];
};

/** One list per kind that we write, whoever made the objects: fewer requests than one per object, and it shows what is ours and no longer asked for. */
export async function readLive(
  { objects, spec }: Wanted,
  kubernetes: Kubernetes,
  problems: Problems,
  signal?: AbortSignal,
): Promise<Live> {
  const wantedRef = ({ kind }: Kind): ObjectRef | undefined => {
    const object = objects.find(each => each.kind === kind);
    return object && refOf(object);
  };
  const read = async (ref: ObjectRef | undefined) =>
    ref && kubernetes.read(ref, { signal });
  const [namespace, application] = await Promise.all([
    read(wantedRef(kinds.Namespace)),
    problems.during('argocd', () => read(wantedRef(kinds.Application))),
  ]);
  if (!namespace) return { namespace, application, others: [] };
  const others = await concurrently(
    await servedKinds(kubernetes, signal),
    kind =>
      problems.during('kubernetes', () =>
        kubernetes.list(kind, { namespace: names.namespace(spec) }, { signal }),
      ),
  );
  return {
    namespace,
    application,
    others: others.flatMap(items => items ?? []),
  };
}

/** Those of the kinds that we write which the cluster serves. */
export async function servedKinds(
  kubernetes: Kubernetes,
  signal?: AbortSignal,
): Promise<Kind[]> {
  const missing = await missingKinds(namespacedKinds, kubernetes, signal);
  return namespacedKinds.filter(kind => !missing.includes(kind));
}

/** @returns what there is of one object. */
export function liveOf(
  object: KubernetesObject,
  { namespace, application, others }: Live,
): ObservedKubernetesObject | undefined {
  if (object.kind === kinds.Namespace.kind) return namespace;
  if (object.kind === kinds.Application.kind) return application;
  const ref = formatObjectRef(refOf(object));
  return others.find(each => formatObjectRef(refOf(each)) === ref);
}
