import { readMeshedServiceSpec } from '@meshway/plugin-meshed-service-common';
import { aMeshedServiceInput } from './aMeshedServiceSpec';

/** A sentence, what differs from a good request, and the one problem that is found, or what it looks like. @public */
export type Refusal = [string, Record<string, unknown>, string | RegExp];

/**
 * @returns every problem of a request that differs from a good one in these fields, as `path: message`; where a problem
 * matches the expected expression, the expression itself.
 *
 * @public
 */
export function problemsWith(
  overrides: Record<string, unknown>,
  expected?: string | RegExp,
): Array<string | RegExp> {
  const result = readMeshedServiceSpec(aMeshedServiceInput(overrides));
  return 'problems' in result
    ? result.problems
        .map(({ path, message }) => `${path}: ${message}`)
        .map(problem =>
          expected instanceof RegExp && expected.test(problem)
            ? expected
            : problem,
        )
    : [];
}
