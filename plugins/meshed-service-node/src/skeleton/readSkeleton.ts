import { readTexts } from '../folder';

/**
 * Texts by path, relative to the skeleton; paths may hold variables, too.
 *
 * @public
 */
export type Skeleton = ReadonlyMap<string, string>;

/**
 * Reads the folder of a skeleton.
 *
 * @throws InputError naming the file when it holds anything but plain texts.
 *
 * @public
 */
export async function readSkeleton(folder: string): Promise<Skeleton> {
  return readTexts(folder, {
    name: 'The skeleton',
    setting: 'meshedService.skeletons',
  });
}
