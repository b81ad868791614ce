import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Button, Flex, Text } from '@backstage/ui';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import LockOutlinedIcon from '@material-ui/icons/LockOutlined';
import type { ReactNode } from 'react';
import styles from './pictures.module.css';

/** Shown instead of something that the visitor may not see. */
export const AskForAccess = (props: {
  /** As in `the mesh status of this service`. */
  what: string;
  whom?: string;
  because?: string;
}) => (
  <Picture
    testId="denied"
    icon={<LockOutlinedIcon />}
    title={`You may not see ${props.what}`}
  >
    {props.because && <>{props.because} </>}
    {props.whom ? (
      <>
        Ask its owner, <EntityRefLink entityRef={props.whom} />, for access.
      </>
    ) : (
      'Ask the owner of the service, or the platform team, for access.'
    )}
  </Picture>
);

/** Shown instead of something that could not be read, with the way to try again. */
export const CouldNotLoad = (props: {
  what: string;
  error: Error;
  retry: () => void;
}) => (
  <Picture
    testId="failed"
    role="alert"
    icon={<ErrorOutlineIcon />}
    title={`Could not load ${props.what}`}
    action={
      <Button variant="secondary" onPress={props.retry}>
        Try again
      </Button>
    }
  >
    {props.error.message}
  </Picture>
);

const Picture = (props: {
  testId: string;
  role?: 'alert';
  icon: ReactNode;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) => (
  <div
    className={styles.picture}
    role={props.role}
    data-testid={`meshway-${props.testId}`}
  >
    <span className={styles.icon} aria-hidden="true">
      {props.icon}
    </span>
    <Flex direction="column" gap="2" align="start" className={styles.words}>
      <Text variant="body-large" weight="bold">
        {props.title}
      </Text>
      <Text variant="body-medium" color="secondary">
        {props.children}
      </Text>
      {props.action}
    </Flex>
  </div>
);
