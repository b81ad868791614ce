/**
 * Programs that end with us, whatever happens to us.
 *
 *   Processes.launch(program) ─► ready, or why not with the end of its log
 *   we die ─► watchdog ─► SIGTERM, then SIGKILL, to each process group that we started, and to no other
 */
export { Processes, type Launch, type RunningProcess } from './Processes';
export { freePorts } from './freePorts';
export { acceptsConnections, answersWell, isHealthy } from './answers';
export { beginningOf, isAlive } from './alive';
