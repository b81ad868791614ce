import { Link } from '@backstage/ui';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';

/** Where the pages of this project can be read when the configuration names no other place. */
const PUBLISHED = 'https://github.com/meshway/meshway/blob/main/docs';

/** Leads to what the documentation says about a check. */
export const DocsLink = (props: {
  code: string;
  /** Anchor in docs/checks.md. */
  anchor: string;
}) => {
  const docs =
    useApi(configApiRef).getOptionalString('meshedService.docs') ?? PUBLISHED;
  return (
    <Link
      href={`${docs.replace(/\/+$/, '')}/checks.md#${props.anchor}`}
      target="_blank"
      rel="noopener noreferrer"
      variant="body-small"
      aria-label={`${props.code}: what it means`}
    >
      {props.code}
    </Link>
  );
};
