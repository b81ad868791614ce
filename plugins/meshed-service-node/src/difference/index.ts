/**
 * In what two states of something differ: objects of a cluster, files of a repository.
 *
 *   before, after ─► changesBetween ─► field, from, to
 *
 * In: values, or texts. Out: paths of fields with what stands there and what would, cut short for people.
 */
export * from './difference';
export { changesInFile } from './changesInFile';
