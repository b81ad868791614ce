import { z } from 'zod';

/** Answer of `GET repositories/{repository}/tree/{branch}[/{path}]`. @public */
export const repositoryTreeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('folder'),
    repository: z.string(),
    branch: z.string(),
    commit: z.string(),
    /** What `git clone` takes: `addressOf(repository).clone` of the forge. */
    clone: z.string().optional(),
    /** Empty for the root. */
    path: z.string(),
    /** Directly in the folder; folders first, each sorted by name. */
    entries: z.array(
      z.object({
        name: z.string(),
        path: z.string(),
        kind: z.enum(['folder', 'file']),
      }),
    ),
  }),
  z.object({
    kind: z.literal('file'),
    repository: z.string(),
    branch: z.string(),
    commit: z.string(),
    clone: z.string().optional(),
    path: z.string(),
    text: z.string(),
  }),
]);
/** A folder or a file of a repository. @public */
export type RepositoryTree = z.infer<typeof repositoryTreeSchema>;
