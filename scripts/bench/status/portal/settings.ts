/** What a portal looks at. */
export type PortalSettings = {
  name: string;
  /** Without one, it looks at no cluster. */
  cluster?: Record<string, unknown>;
  /** Services that somebody has asked for. */
  claimed: readonly string[];
  /** Of those, the ones whose repository is there, with a stamp. */
  stamped: readonly string[];
};
