import { annotations } from '../model';
import { isRecord, keep, Kept } from './keep';

const read: ReadonlySet<string> = new Set(Object.values(annotations));
/** All that configures proxies. */
const ofMesh = /^(config\.)?((alpha|beta)\.)?linkerd\.io\//;

/** What says who an object is, whose, and since when. */
export const keptOfMetadata: Kept = {
  name: 'plain',
  namespace: 'plain',
  uid: 'plain',
  generation: 'plain',
  creationTimestamp: 'plain',
  deletionTimestamp: 'plain',
  labels: 'whole',
  annotations: ofAnnotations,
  ownerReferences: {
    apiVersion: 'plain',
    kind: 'plain',
    name: 'plain',
    uid: 'plain',
    controller: 'plain',
  },
};

/** Whole objects hide in annotations (`last-applied-configuration`): only those are kept that are known. */
function ofAnnotations(value: unknown): unknown {
  if (!isRecord(value)) return keep(value, {});
  return Object.fromEntries(
    Object.entries(value).filter(([key]) => read.has(key) || ofMesh.test(key)),
  );
}
