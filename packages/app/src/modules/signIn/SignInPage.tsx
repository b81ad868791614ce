import { ProxiedSignInPage } from '@backstage/core-components';
import {
  configApiRef,
  type IdentityApi,
  useApi,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Button, Card, CardBody, Flex, Text } from '@backstage/ui';
import { useState } from 'react';
import { LogoMark } from '../nav/Logo';
import styles from './SignInPage.module.css';
import {
  forgetVisitor,
  rememberedVisitor,
  rememberVisitor,
  type Visitor,
  visitors,
} from './visitors';

/** Lets a visitor choose who to be, and keeps the choice until sign-out. */
export const SignInPage = ({ onSignInSuccess }: SignInPageProps) => {
  const title = useApi(configApiRef).getOptionalString('app.title');
  const [visitor, setVisitor] = useState(rememberedVisitor);
  const [attempt, setAttempt] = useState(0);

  const choose = (chosen: Visitor) => {
    setVisitor(chosen);
    setAttempt(attempt + 1);
  };
  if (!visitor) return <Choices title={title} onChoose={choose} />;
  return (
    <ProxiedSignInPage
      key={attempt}
      provider={visitor.provider}
      headers={visitor.headers}
      onSignInSuccess={identity => {
        rememberVisitor(visitor);
        onSignInSuccess(forgettingOnSignOut(identity));
      }}
      ErrorComponent={({ error }) => (
        <Choices title={title} failure={{ visitor, error }} onChoose={choose} />
      )}
    />
  );
};

const Choices = (props: {
  title?: string;
  failure?: { visitor: Visitor; error?: Error };
  onChoose: (visitor: Visitor) => void;
}) => (
  <main className={styles.page}>
    <Flex direction="column" gap="6" className={styles.column}>
      <Flex align="center" gap="3" className={styles.brand}>
        <LogoMark size={36} />
        <Text as="h1" variant="title-medium" weight="bold">
          {props.title ?? 'Meshway'}
        </Text>
      </Flex>
      <Text variant="body-large" color="secondary">
        Ask for a service, get a meshed one, and see the truth about its mTLS.
        This portal runs on your machine; choose who you want to be.
      </Text>
      {props.failure && (
        <Alert
          status="danger"
          icon
          title={`${props.failure.visitor.name} could not sign in`}
          description={`${
            props.failure.error?.message ?? 'The backend did not answer'
          }. Is the backend running, and does it offer the auth provider "${
            props.failure.visitor.provider
          }"?`}
        />
      )}
      <div className={styles.choices}>
        {visitors.map(visitor => (
          <Card key={visitor.id}>
            <CardBody>
              <Flex direction="column" gap="3" align="start">
                <Text as="h2" variant="title-x-small" weight="bold">
                  {visitor.name}, team {visitor.team}
                </Text>
                <Text variant="body-medium" color="secondary">
                  {visitor.purpose}
                </Text>
                <Button
                  variant="primary"
                  data-testid={`sign-in-${visitor.id}`}
                  onPress={() => props.onChoose(visitor)}
                >
                  Enter as {visitor.name}
                </Button>
              </Flex>
            </CardBody>
          </Card>
        ))}
      </div>
    </Flex>
  </main>
);

/** The same identity; signing out also forgets the choice, or the next page would sign in again by itself. */
function forgettingOnSignOut(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    signOut: () => {
      forgetVisitor();
      return identity.signOut();
    },
  };
}
