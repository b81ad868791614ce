import { kinds, STAMP_PATH } from '../model';
import type { BundleFile } from '../manifests';
import type { MeshedServiceSpec } from '../spec';
import { digestOf, digestOfFiles } from './digest';
import type { Creation, Stamp, StampedFile } from './Stamp';

/** What a stamp is made of, besides the spec. All of it is given: nothing here looks at a clock. @public */
export type StampFacts = {
  template: { ref: string; version: string };
  guardrails: { name: string; digest: string };
  /** On a repeat: those that `readStamp` returned. */
  created: Creation;
  /** What `bundleFiles` rendered. */
  managed: readonly BundleFile[];
  /** Files that belong to the team once they exist. */
  team: readonly string[];
};

/** @returns the stamp of a service that is about to be written. @public */
export function stampOf(spec: MeshedServiceSpec, facts: StampFacts): Stamp {
  const managed = facts.managed.map(({ path, content }) => ({
    path,
    digest: digestOf(content),
  }));
  const files: StampedFile[] = [
    { path: STAMP_PATH, ownership: 'managed' },
    ...managed.map(
      ({ path, digest }): StampedFile => ({
        path,
        ownership: 'managed',
        digest,
      }),
    ),
    ...facts.team.map((path): StampedFile => ({ path, ownership: 'team' })),
  ];
  return {
    ...kinds.MeshedService,
    metadata: { name: spec.name },
    spec,
    status: {
      template: facts.template,
      renderedDigest: digestOfFiles(managed),
      guardrails: {
        pack: facts.guardrails.name,
        digest: facts.guardrails.digest,
      },
      created: facts.created,
      files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
    },
  };
}
