/** A Linkerd inbound policy: of a Server (`accessPolicy`), and the default of a namespace. @public */
export type PhasePolicy = 'all-unauthenticated' | 'audit' | 'deny';

/** What a phase means to Linkerd, on the Servers of a service and as the default of its namespace. @public */
export const phasePolicy: Readonly<
  Record<'observe' | 'audit' | 'enforce', PhasePolicy>
> = {
  observe: 'all-unauthenticated',
  audit: 'audit',
  enforce: 'deny',
};
