import { useApi } from '@backstage/frontend-plugin-api';
import { Container, FullPage, Header } from '@backstage/ui';
import { useCallback } from 'react';
import { useParams } from 'react-router-dom';
import { meshedServiceApiRef } from '../api';
import { useLoadable } from '../loading';
import { addressOf } from './addressOf';
import { RepositoryView } from './RepositoryView';

/** One folder or file of a repository. */
export const RepositoryPage = () => {
  const { repository = '', branch = '', '*': rest = '' } = useParams();
  const path = rest.replace(/\/+$/, '');
  const api = useApi(meshedServiceApiRef);
  const read = useCallback(
    (signal: AbortSignal) =>
      api.readRepository({ repository, branch, path }, { signal }),
    [api, repository, branch, path],
  );
  const tree = useLoadable(read);
  return (
    <FullPage>
      <Header
        title={repository}
        breadcrumbs={parentsOf({ repository, branch, path })}
      />
      <Container>
        <RepositoryView place={{ repository, branch, path }} tree={tree} />
      </Container>
    </FullPage>
  );
};

function parentsOf(place: {
  repository: string;
  branch: string;
  path: string;
}): Array<{ label: string; href: string }> {
  const parts = place.path.split('/').filter(Boolean);
  return parts.map((_, depth) => ({
    label: depth === 0 ? place.branch : parts[depth - 1],
    href: addressOf({ ...place, path: parts.slice(0, depth).join('/') }),
  }));
}
