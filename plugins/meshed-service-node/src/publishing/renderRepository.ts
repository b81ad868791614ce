import { InputError } from '@backstage/errors';
import {
  Bundle,
  bundleFiles,
  Creation,
  GuardrailPack,
  MeshedServiceSpec,
  Platform,
  renderBundle,
  Stamp,
  STAMP_PATH,
  stampOf,
  writeStamp,
} from '@meshway/plugin-meshed-service-common';
import { Files } from '../forge';
import { renderSkeleton, Skeleton, skeletonValues } from '../skeleton';

/** Everything that the repository of a service is made of. @public */
export type RenderedRepository = {
  spec: MeshedServiceSpec;
  bundle: Bundle;
  stamp: Stamp;
  /** What Meshway manages, with the stamp. */
  managed: Files;
  /** What is the team's from then on. */
  team: Files;
};

/** What a repository is rendered with, beside the spec. @public */
export type RenderContext = {
  platform: Platform;
  skeleton: Skeleton;
  template: { ref: string; version: string };
  guardrails: Pick<GuardrailPack, 'name' | 'digest'>;
  created: Creation;
  /** Address of the repository's branch. */
  sourceUrl: string;
  /** Files of the team as an earlier stamp lists them; those of the skeleton when absent. */
  teamPaths?: readonly string[];
};

/**
 * Renders skeleton, bundle and stamp. Equal inputs give equal bytes: time and people are among the inputs.
 *
 * @throws InputError when skeleton and bundle want the same file.
 *
 * @public
 */
export function renderRepository(
  spec: MeshedServiceSpec,
  context: RenderContext,
): RenderedRepository {
  const bundle = renderBundle(spec, context.platform);
  const rendered = bundleFiles(spec, bundle);
  const team = renderSkeleton(context.skeleton, skeletonValues(spec, context));
  const stamp = stampOf(spec, {
    template: context.template,
    guardrails: context.guardrails,
    created: context.created,
    managed: rendered,
    team: context.teamPaths ?? [...team.keys()],
  });
  const managed = new Map(rendered.map(({ path, content }) => [path, content]));
  managed.set(STAMP_PATH, writeStamp(stamp));
  for (const path of managed.keys()) {
    if (team.has(path))
      throw new InputError(
        `The skeleton renders ${path}, which Meshway manages; take it out of the skeleton`,
      );
  }
  return { spec, bundle, stamp, managed, team };
}
