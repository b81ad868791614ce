import { compareText } from '../../readable';
import type { Authorization } from './EffectivePolicy';
import type { InboundRoute } from '../kinds';

/** Authorizations, as answers list them. */
export function byKindThenName(a: Authorization, b: Authorization): number {
  return compareText(a.kind, b.kind) || compareText(a.name, b.name);
}

/** Routes, as proxies prefer them: older first (without an age last), then by name, then by group. */
export function byPreference(a: InboundRoute, b: InboundRoute): number {
  if ((a.createdAt === '') !== (b.createdAt === '')) {
    return a.createdAt === '' ? 1 : -1;
  }
  return (
    compareText(a.createdAt, b.createdAt) ||
    compareText(a.name, b.name) ||
    compareText(a.group, b.group) ||
    compareText(a.kind, b.kind)
  );
}
