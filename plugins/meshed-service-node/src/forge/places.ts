import { InputError } from '@backstage/errors';

const repository = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?$/;
const branch =
  /^(?!.*(?:\.\.|\/\/|\.lock(?:\/|$)|\.(?:\/|$)|\/[.-]))[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}(?<!\/)$/;
const commitId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Folder of the branches that hold proposed changes. */
export const CHANGE_BRANCH_PREFIX = 'meshway/';

/** @throws InputError when a repository of that name could not be told from a path, or not exist everywhere. */
export function checkRepositoryName(name: string): string {
  if (name.includes('/'))
    throw new InputError(
      `Repository ${quote(
        name,
      )}: write the name only; the configured forge says where repositories are made`,
    );
  if (!repository.test(name) || /\.(?:git|lock|wiki)$/i.test(name))
    throw new InputError(
      `Repository ${quote(
        name,
      )}: a name has at most 100 letters, digits, dots, dashes and underscores, starts with a letter or digit and does not end in a dot, .git, .lock or .wiki`,
    );
  return name;
}

/** @throws InputError when git would not take the name, or read an option in it. */
export function checkBranchName(name: string): string {
  if (!branch.test(name) || name.toLocaleUpperCase('en-US') === 'HEAD')
    throw new InputError(`Branch ${quote(name)} is no name that git takes`);
  return name;
}

/** @throws InputError when the branch is not one of those that hold proposed changes. */
export function checkChangeBranch(name: string): string {
  if (!/^meshway\/[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name))
    throw new InputError(
      `Branch ${quote(
        name,
      )}: a proposed change lives on ${CHANGE_BRANCH_PREFIX}<name>`,
    );
  return checkBranchName(name);
}

/** @throws InputError when the text is not the full id of a commit. */
export function checkCommitId(id: string): string {
  if (!commitId.test(id))
    throw new InputError(`${quote(id)} is not the id of a commit`);
  return id;
}

/** @throws InputError when a path could leave the repository, reach into `.git`, or mean two things. */
export function checkFilePath(path: string): string {
  const parts = path.split('/');
  const unsafe =
    path.length > 500 ||
    // eslint-disable-next-line no-control-regex -- control characters are what is refused
    /[\u0000-\u001f\u007f\\]/.test(path) ||
    parts.some(part => part === '' || part === '.' || part === '..');
  // Also the spellings that file systems take for `.git`: other cases, `git~1`, trailing dots and spaces.
  const git = parts.some(part => /^(?:\.git|git~\d+)[. ]*$/i.test(part));
  if (unsafe || git)
    throw new InputError(
      `File ${quote(path)} is not a path inside a repository`,
    );
  return path;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}
