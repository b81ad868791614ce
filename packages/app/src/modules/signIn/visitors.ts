/** Somebody to try the portal as. The users and their teams are entities under `examples/`. */
export type Visitor = {
  /** Stands in the browser's storage until sign-out. */
  id: string;
  name: string;
  team: string;
  /** What this visitor shows. */
  purpose: string;
  /** Auth provider of the backend. */
  provider: string;
  headers?: Record<string, string>;
};

export const visitors: readonly Visitor[] = [
  {
    id: 'guest',
    name: 'Guest',
    team: 'shop',
    purpose: 'Owns what team shop owns. Start here.',
    provider: 'guest',
  },
  {
    id: 'ada',
    name: 'Ada',
    team: 'payments',
    purpose: 'Owns what team payments owns. Shows what a refusal looks like.',
    provider: 'example',
    headers: { 'x-meshway-example-user': 'ada' },
  },
  {
    id: 'grace',
    name: 'Grace',
    team: 'platform',
    purpose: 'Runs the platform, and may do everything.',
    provider: 'example',
    headers: { 'x-meshway-example-user': 'grace' },
  },
];

const STORAGE_KEY = 'meshway:visitor';

/** @returns who signed in earlier with this browser and has not signed out since. */
export function rememberedVisitor(): Visitor | undefined {
  const id = window.localStorage.getItem(STORAGE_KEY);
  return visitors.find(visitor => visitor.id === id);
}

export function rememberVisitor(visitor: Visitor): void {
  window.localStorage.setItem(STORAGE_KEY, visitor.id);
}

export function forgetVisitor(): void {
  window.localStorage.removeItem(STORAGE_KEY);
}
