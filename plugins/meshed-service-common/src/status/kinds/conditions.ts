import { z } from 'zod';

/** One condition of an object, as its controller wrote it. @public */
export type Condition = {
  type: string;
  status: string;
  reason?: string;
  message?: string;
};

const longestMessage = 300;

const text = z
  .string()
  .transform(value =>
    value.replace(/\s+/g, ' ').trim().slice(0, longestMessage),
  );

const schema = z
  .array(
    z.object({
      type: z.string(),
      status: z.string(),
      reason: text.nullish(),
      message: text.nullish(),
    }),
  )
  .max(100);

/** @returns the conditions of a status, in one line each; none where it has none or they are of another form. */
export function conditionsIn(status: unknown): Condition[] {
  const read = schema.safeParse(Object(status).conditions);
  if (!read.success) return [];
  return read.data.map(({ type, status: value, reason, message }) => ({
    type,
    status: value,
    ...(reason ? { reason } : {}),
    ...(message ? { message } : {}),
  }));
}

/** @returns the condition of a type. */
export function conditionOf(
  conditions: readonly Condition[],
  type: string,
): Condition | undefined {
  return conditions.find(each => each.type === type);
}

/** @returns what a controller said, as the end of a sentence: `: because of this`, or nothing. */
export function saying({ reason, message }: Partial<Condition>): string {
  const said = message || reason;
  return said ? `: ${said.replace(/\.$/, '')}` : '';
}
