import { z } from 'zod';

/** One condition of a selector. @public */
export type LabelExpression = {
  key: string;
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  values: readonly string[];
};

/**
 * A Kubernetes label selector. Everything in it must hold; an empty one selects all.
 *
 * @public
 */
export type LabelSelector = {
  labels: ReadonlyArray<readonly [key: string, value: string]>;
  expressions: readonly LabelExpression[];
};

/**
 * A label selector as it is written, made ready to be asked often.
 *
 * @public
 */
export const labelSelectorSchema: z.ZodType<
  LabelSelector,
  z.ZodTypeDef,
  unknown
> = z
  .object({
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
  })
  .transform(({ matchLabels, matchExpressions }) => ({
    labels: Object.entries(matchLabels ?? {}),
    expressions: (matchExpressions ?? []).map(expressionOf),
  }));

/**
 * Values where none belong, be it an empty list, and none where some do: the control plane takes both, and nothing satisfies
 * them. Its CRDs let them pass; selectors of Kubernetes' own kinds never have them.
 */
function expressionOf({
  key,
  operator,
  values,
}: {
  key: string;
  operator: LabelExpression['operator'];
  values?: string[] | null;
}): LabelExpression {
  const lists = operator === 'In' || operator === 'NotIn';
  return lists === Boolean(values)
    ? { key, operator, values: values ?? [] }
    : { key, operator: 'In', values: [] };
}

/**
 * @returns whether labels satisfy a selector.
 *
 * @public
 */
export function selects(
  { labels: wanted, expressions }: LabelSelector,
  labels: ReadonlyMap<string, string>,
): boolean {
  return (
    wanted.every(([key, value]) => labels.get(key) === value) &&
    expressions.every(({ key, operator, values }) => {
      const value = labels.get(key);
      const listed = value !== undefined && values.includes(value);
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
