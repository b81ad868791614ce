import type { KubernetesObject } from '@meshway/plugin-meshed-service-common';
import { Bell } from './Bell';
import type { ObjectIndex } from './Intake';

/** What is known of one CustomResourceDefinition. */
export type Installed =
  /** Nobody has looked yet. */
  | 'unknown'
  /** The portal may not look, or cannot; whoever wants to know asks the server for the kind itself. */
  | 'untold'
  | 'absent'
  /** With what changes when it is another definition. */
  | `present ${string}`;

/** Which kinds are installed in a cluster: the index of a watch on its CustomResourceDefinitions. */
export class Definitions implements ObjectIndex {
  private readonly found = new Map<string, string>();
  private readonly bells = new Map<string, Bell>();
  private learned: 'unknown' | 'untold' | 'known' = 'unknown';

  apply({ metadata }: KubernetesObject): void {
    const mark = `${metadata.uid}/${metadata.generation}`;
    if (this.found.get(metadata.name) === mark) return;
    this.found.set(metadata.name, mark);
    this.bells.get(metadata.name)?.ring();
  }

  delete({ metadata }: KubernetesObject): void {
    if (this.found.delete(metadata.name)) this.bells.get(metadata.name)?.ring();
  }

  /** Whether all of them have been known. */
  get areFollowed(): boolean {
    return this.learned === 'known';
  }

  /** All of them are known from now on, and followed. */
  areKnown(): void {
    if (this.learned === 'known') return;
    this.learned = 'known';
    this.ringAll();
  }

  /** They cannot be had; what has been learned already stays. */
  areUntold(): void {
    if (this.learned !== 'unknown') return;
    this.learned = 'untold';
    this.ringAll();
  }

  of(name: string): Installed {
    if (this.learned !== 'known') return this.learned;
    const mark = this.found.get(name);
    return mark === undefined ? 'absent' : `present ${mark}`;
  }

  /** Rings when something else holds for a definition. */
  changeOf(name: string): AbortSignal {
    const bell = this.bells.get(name) ?? new Bell();
    this.bells.set(name, bell);
    return bell.signal;
  }

  private ringAll(): void {
    for (const bell of this.bells.values()) bell.ring();
  }
}
