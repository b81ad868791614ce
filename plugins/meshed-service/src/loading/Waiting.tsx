import { Flex, Skeleton, Text, VisuallyHidden } from '@backstage/ui';
import { useEffect, useState, type ReactNode } from 'react';

/** Longer than this, and people ask themselves whether anything still happens. */
const PATIENCE_SECONDS = 4;

/** Shown while something is read: its shape, and after a while the words that it takes long. */
export const Waiting = (props: {
  /** For those who do not see the shape, as in `Loading the mesh status`. */
  says: string;
  /** Why it may take long, as in `Vault and Argo CD are asked, too.` */
  because?: string;
  /** The shape; a few lines when absent. */
  children?: ReactNode;
}) => {
  const takesLong = useTakesLong();
  return (
    <div aria-busy="true" data-testid="meshway-loading">
      <VisuallyHidden role="status">{props.says}</VisuallyHidden>
      <Flex direction="column" gap="3" aria-hidden="true">
        {props.children ?? (
          <>
            <Skeleton width="100%" height={48} />
            <Skeleton width="70%" height={16} />
            <Skeleton width="80%" height={16} />
          </>
        )}
      </Flex>
      {takesLong && (
        <Text as="p" variant="body-small" color="secondary" role="status">
          This takes longer than usual. {props.because}
        </Text>
      )}
    </div>
  );
};

function useTakesLong(): boolean {
  const [takesLong, setTakesLong] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(
      () => setTakesLong(true),
      PATIENCE_SECONDS * 1000,
    );
    return () => window.clearTimeout(timer);
  }, []);
  return takesLong;
}
