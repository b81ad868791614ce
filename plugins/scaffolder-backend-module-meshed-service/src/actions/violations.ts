import {
  formatObjectRef,
  Violation,
} from '@meshway/plugin-meshed-service-common';

/** One violation on a few lines: what, where, why, and the way out. */
export function describeViolation(violation: Violation): string {
  const { code, ref, path, message, why, fix, docs } = violation;
  return [
    `${code} ${formatObjectRef(ref)}${path ? ` ${path}` : ''}: ${message}`,
    `  Why: ${why}`,
    `  Fix: ${fix} (${docs})`,
  ].join('\n');
}
