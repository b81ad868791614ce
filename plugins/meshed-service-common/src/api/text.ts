import { z } from 'zod';

/** What a line of text for people may hold: no control characters. */
export const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    // eslint-disable-next-line no-control-regex -- control characters are what is refused
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'must be one line of text');

/** Entity reference in full. */
export const ownerRef = line(253);
