import { z } from 'zod';

/**
 * A Kubernetes label selector. Everything in it must hold; an empty one selects all.
 *
 * @public
 */
export const labelSelectorSchema = z.object({
  matchLabels: z.record(z.string()).nullish(),
  matchExpressions: z
    .array(
      z.object({
        key: z.string(),
        operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
        values: z.array(z.string()).nullish(),
      }),
    )
    .nullish(),
});

/**
 * A Kubernetes label selector.
 *
 * @public
 */
export type LabelSelector = z.infer<typeof labelSelectorSchema>;

/**
 * @returns whether labels satisfy a selector.
 *
 * @public
 */
export function selects(
  selector: LabelSelector,
  labels: ReadonlyMap<string, string>,
): boolean {
  const wanted = Object.entries(selector.matchLabels ?? {});
  return (
    wanted.every(([key, value]) => labels.get(key) === value) &&
    (selector.matchExpressions ?? []).every(({ key, operator, values }) => {
      const value = labels.get(key);
      const listed = value !== undefined && (values ?? []).includes(value);
      switch (operator) {
        case 'In':
          return listed;
        case 'NotIn':
          return !listed;
        case 'Exists':
          return value !== undefined;
        default:
          return value === undefined;
      }
    })
  );
}
