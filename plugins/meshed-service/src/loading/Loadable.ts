/** A value that is read from afar. */
export type Loadable<T> =
  | { kind: 'loading' }
  /** `whom`: entity reference of who can grant access, where it is known; `because`: what the backend said. */
  | { kind: 'denied'; whom?: string; because?: string }
  /** There is no such thing; reading again will not make one. */
  | { kind: 'missing'; because: string }
  | { kind: 'failed'; error: Error; retry: () => void }
  /** `readAt`: when it was last confirmed; `notRefreshed`: why that is longer ago than it should be. */
  | { kind: 'ready'; value: T; readAt?: Date; notRefreshed?: Error };
