export type { Claim, Registry } from './Registry';
