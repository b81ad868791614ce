/**
 * The HTTP API of Meshway. It alone holds what the portal may do; frontends and other backends ask it.
 *
 *   request ─► router ─► access (who may) ─► statuses | plans | repositories ─► wire types
 *   declared (registry, stamps), catalog, clusters ─► statuses ─► announcements, notifications, metrics
 *   configuration, forge, registry, guardrails ◄─ meshedServicePublishingServiceRef (of -node)
 *
 * @packageDocumentation
 */
export { meshedServicePlugin as default } from './plugin';
export { isServiceOwner } from './access';
export type { OwnerClaims } from './access';
