import { parse } from 'yaml';
import {
  bundleFiles,
  defaultPlatform,
  parseMeshedServiceSpec,
  renderBundle,
  toYaml,
} from '@meshway/plugin-meshed-service-common';

/**
 * The steps of an example that follow from its first one.
 *
 *   1-input.yaml ─► 2-spec.yaml ─► 3-bundle/… (files of the service's repository, for the default platform)
 *
 * @param input - content of `1-input.yaml`.
 * @returns content by path inside the example's folder.
 *
 * @public
 */
export function goldenFiles(input: string): Map<string, string> {
  const spec = parseMeshedServiceSpec(parse(input));
  const bundle = renderBundle(spec, defaultPlatform);
  return new Map([
    ['2-spec.yaml', toYaml(spec)],
    ...bundleFiles(spec, bundle).map(({ path, content }): [string, string] => [
      `3-bundle/${path}`,
      content,
    ]),
  ]);
}
