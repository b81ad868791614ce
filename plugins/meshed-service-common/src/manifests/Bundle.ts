import type { KubernetesObject } from '../model';

/** Everything that is rendered from one spec, in the order in which it would have to be created. @public */
export type Bundle = { objects: KubernetesObject[] };
