import { Environment } from 'nunjucks';

/** The scaffolder's own syntax for variables; blocks and comments are nunjucks' own. */
export const tags = { variableStart: '${{', variableEnd: '}}' };

/**
 * nunjucks as the scaffolder's engine behaves: no escaping for HTML, an undefined value is an error, no loader (so
 * nothing can be included), white space as it stands.
 */
export const engine = new Environment([], {
  autoescape: false,
  throwOnUndefined: true,
  tags,
});
