/** A value that is read from afar. */
export type Loadable<T> =
  | { kind: 'loading' }
  /** `whom`: entity reference of who can grant access, where it is known; `because`: what the backend said. */
  | { kind: 'denied'; whom?: string; because?: string }
  /** There is no such thing; reading again will not make one. */
  | { kind: 'missing'; because: string }
  | { kind: 'failed'; error: Error; retry: () => void }
  /** `notRefreshed`: why the value is older than it should be. */
  | { kind: 'ready'; value: T; notRefreshed?: Error };
