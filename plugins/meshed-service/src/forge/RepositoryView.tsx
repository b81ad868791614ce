import { CopyTextButton } from '@backstage/core-components';
import { Flex, Link, Skeleton, Text, VisuallyHidden } from '@backstage/ui';
import DescriptionOutlinedIcon from '@material-ui/icons/DescriptionOutlined';
import FolderIcon from '@material-ui/icons/Folder';
import type { RepositoryTree } from '@meshway/plugin-meshed-service-common';
import { AskForAccess, CouldNotLoad, type Loadable } from '../loading';
import { addressOf } from './addressOf';
import styles from './RepositoryView.module.css';

type Place = { repository: string; branch: string; path: string };

/** A folder, a file, or why neither can be shown. */
export const RepositoryView = (props: {
  place: Place;
  tree: Loadable<RepositoryTree>;
}) => {
  const { place, tree } = props;
  const what = place.path
    ? `${place.path} in ${place.repository}`
    : place.repository;
  switch (tree.kind) {
    case 'loading':
      return (
        <div aria-busy="true" data-testid="meshway-loading">
          <VisuallyHidden role="status">Loading {what}</VisuallyHidden>
          <Flex direction="column" gap="3" aria-hidden="true">
            <Skeleton width="40%" height={20} />
            <Skeleton width="60%" height={20} />
            <Skeleton width="50%" height={20} />
          </Flex>
        </div>
      );
    case 'denied':
      return <AskForAccess what={what} because={tree.because} />;
    case 'missing':
      return <Missing place={place} />;
    case 'failed':
      return <CouldNotLoad what={what} error={tree.error} retry={tree.retry} />;
    default:
      return (
        <Flex direction="column" gap="4">
          <State tree={tree.value} />
          {tree.value.kind === 'folder' ? (
            <Folder tree={tree.value} />
          ) : (
            <File tree={tree.value} />
          )}
        </Flex>
      );
  }
};

const Missing = ({ place }: { place: Place }) => (
  <Flex direction="column" gap="2" align="start" data-testid="meshway-missing">
    <Text as="h2" variant="title-x-small" weight="bold">
      There is no such file, folder or repository
    </Text>
    <Text as="p" variant="body-medium" color="secondary">
      Branch {place.branch} of {place.repository} has no{' '}
      {place.path ? <code>{place.path}</code> : 'files'}; or the repository does
      not exist.
    </Text>
    {place.path && (
      <Link href={addressOf({ ...place, path: '' })} variant="body-medium">
        All files of {place.repository}
      </Link>
    )}
  </Flex>
);

const State = ({ tree }: { tree: RepositoryTree }) => (
  <Flex direction="column" gap="2">
    <Text as="p" variant="body-medium" color="secondary">
      Branch <code>{tree.branch}</code> at{' '}
      <code>{tree.commit.slice(0, 10)}</code>
      {tree.path && (
        <>
          , <code>{tree.path}</code>
        </>
      )}
    </Text>
    {tree.clone && (
      <div className={styles.clone}>
        <code data-testid="meshway-clone">git clone {tree.clone}</code>
        <CopyTextButton
          text={`git clone ${tree.clone}`}
          tooltipText="Copied"
          aria-label="Copy the clone command"
        />
      </div>
    )}
  </Flex>
);

const Folder = ({ tree }: { tree: RepositoryTree & { kind: 'folder' } }) => (
  <ul className={styles.entries} aria-label="Files">
    {tree.entries.map(({ name, path, kind }) => (
      <li key={path}>
        {kind === 'folder' ? (
          <FolderIcon fontSize="small" aria-hidden="true" />
        ) : (
          <DescriptionOutlinedIcon fontSize="small" aria-hidden="true" />
        )}
        <Link href={addressOf({ ...tree, path })} variant="body-medium">
          {kind === 'folder' ? `${name}/` : name}
        </Link>
      </li>
    ))}
  </ul>
);

const File = ({ tree }: { tree: RepositoryTree & { kind: 'file' } }) => (
  // Long lines scroll, so the keyboard must be able to reach the box.
  <pre
    className={styles.file}
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    tabIndex={0}
    aria-label={tree.path}
    data-testid="meshway-file"
  >
    {tree.text}
  </pre>
);
