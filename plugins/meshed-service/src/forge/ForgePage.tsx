import { Container, FullPage, Header, Text } from '@backstage/ui';
import { Route, Routes } from 'react-router-dom';
import { RepositoryPage } from './RepositoryPage';

/** Everything below `/forge`. */
export const ForgePage = () => (
  <Routes>
    <Route path=":repository/tree/:branch/*" element={<RepositoryPage />} />
    <Route path="*" element={<NoRepository />} />
  </Routes>
);

const NoRepository = () => (
  <FullPage>
    <Header title="Repositories" />
    <Container>
      <Text as="p" variant="body-large">
        Follow the source link of a service to see its repository.
      </Text>
    </Container>
  </FullPage>
);
