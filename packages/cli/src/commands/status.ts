import type { Command } from 'commander';
import type { Host } from '../program';
export function addStatusCommand(_program: Command, _host: Host): void {}
