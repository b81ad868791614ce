/**
 * Reading as a browser does, from a process of its own.
 *
 *   targets ─► program.ts: one kept connection each, one request after the other, the targets in turn ─► times
 *
 * What is compared is read in turn, so that whatever else the machine does strikes all alike. Rounds are told apart: a figure is
 * the median of what the rounds say.
 */
export { median, share, spread } from './shares';
export type { Spread } from './shares';
export type { ReadingSettings, ReadingTimes, Target } from './settings';
