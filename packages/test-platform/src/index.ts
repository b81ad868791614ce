/**
 * A real platform for tests, and for `./dev platform`: nothing in it is a mock of ours.
 *
 *   test ─► platformForTests(parts) ─► connect ─► host (one process per run, ends with it) ─► components ─► state
 *                                                   └─ watchdog: ends every component when the host is gone
 *
 * Rooms: `tools` finds or builds the programs, `processes` runs them, `components` boots each, `cluster` lays out what
 * lies in Kubernetes, `host` holds everything. `README.md` has times and sizes.
 */
export { connect, folderOf } from './connect';
export { platformForTests, type TestPlatform } from './fixture';
export { standingPlatform, type StandingPlatform } from './standing';
export { partNames, type PartName } from './parts';
export { lacking } from './requirements';
export { ApiServer, type Manifest } from './cluster/ApiServer';
export { makeArgoKinds } from './cluster/argoKinds';
export type {
  ArgoCdState,
  KubernetesUser,
  PlatformState,
  VaultState,
} from './state';
