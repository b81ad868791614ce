import { ringing } from './Bell';
import { Collection, resourceOf, whyNotServed } from './Collection';
import type { Definitions } from './Definitions';
import { Ending } from './Ending';
import { endingOfError } from './endingOf';
import { Intake, ObjectIndex } from './Intake';
import { pauseAfterEnding } from './pauseAfterEnding';
import type { Pulse } from './Pulse';
import { Reflector, ReflectorParts } from './Reflector';
import { servedVersion } from './servedVersion';
import type { Standing } from './Standing';
import type { WaitingRoom } from './WaitingRoom';

/** How often a list is tried where nothing is watched. */
const ATTEMPTS_ONCE = 3;

/** How often in a row a watch is continued from one place in vain. */
const FAILURES_OF_ONE_PLACE = 5;

const ourFault: Ending = {
  kind: 'failed',
  because: 'what was told of it could not be taken in',
};

export type CollectionRunParts = ReflectorParts & {
  index: ObjectIndex;
  pulse: Pulse;
  room: WaitingRoom;
  /** For kinds that a CustomResourceDefinition brings. */
  definitions: Definitions;
  stands(standing: Standing): void;
  heard(): void;
};

/** Follows one collection for as long as it is let: from one connection to the next, through every fault. */
export class CollectionRun {
  private readonly intake: Intake;
  private readonly reflector: Reflector;
  private version: string | undefined;
  /** In a row, with nothing else between them, and a server that was there after each. */
  private noes = 0;
  private failures = 0;
  /** When what is known became current, in this session. */
  private currentSince: number | undefined;
  private hasBeenCurrent = false;
  private lag: number | undefined;
  private standing: Standing['state'] = 'unreadable';

  constructor(
    private readonly collection: Collection,
    private readonly parts: CollectionRunParts,
  ) {
    this.intake = new Intake(collection, parts.index);
    this.reflector = new Reflector(
      collection,
      this.intake,
      {
        current: () => this.becomeCurrent(),
        heard: lag => this.hear(lag),
      },
      parts,
    );
  }

  /** How many objects are known. */
  get size(): number {
    return this.intake.size;
  }

  /** How many seconds passed from the last change to its arrival here. */
  get lagSeconds(): number | undefined {
    return this.lag;
  }

  /** Ends with the signal, and never otherwise. */
  async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { definition } = this.collection;
      const change = definition
        ? this.parts.definitions.changeOf(definition)
        : undefined;
      const listening = change ? [signal, change] : [signal];
      try {
        await this.step(listening);
      } catch {
        // A fault of ours: this collection is tried again, and no other is harmed.
        await this.rest(ourFault, AbortSignal.any(listening));
      }
      if (change?.aborted) this.startAnew();
    }
  }

  /** From one connection to the next, or to the day on which the kind is there. */
  private async step(listening: AbortSignal[]): Promise<void> {
    const installed = this.installed();
    if (installed === 'absent') this.leave();
    if (installed === 'absent' || installed === 'unknown')
      return ringing(...listening);
    const ending = await this.attempt(listening, (version, until) =>
      this.reflector.session(version, until),
    );
    const until = AbortSignal.any(listening);
    return until.aborted ? undefined : this.rest(ending, until);
  }

  /** Lists once; gives up after some attempts. */
  async read(signal: AbortSignal): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS_ONCE; attempt++) {
      const ending = await this.attempt([signal], (version, until) =>
        this.reflector.list(version, until),
      );
      if (signal.aborted || ending.kind === 'closed') return;
      this.judge(ending);
      if (!['failed', 'expired'].includes(ending.kind)) return;
      if (attempt < ATTEMPTS_ONCE)
        await this.parts.room.wait(this.pause(ending, attempt), {
          signal,
          mayBeCalled: false,
        });
    }
  }

  private installed() {
    const { definition } = this.collection;
    return definition ? this.parts.definitions.of(definition) : 'present';
  }

  private async attempt(
    signals: AbortSignal[],
    work: (version: string, until: AbortSignal) => Promise<Ending>,
  ): Promise<Ending> {
    const { pulse, cluster } = this.parts;
    const cut = pulse.cut;
    const noted = new AbortController();
    const until = AbortSignal.any([...signals, cut]);
    // At once, and not only when the session has noticed.
    cut.addEventListener('abort', () => this.doubt(this.cutBecause()), {
      signal: noted.signal,
    });
    this.currentSince = undefined;
    try {
      this.version ??= await servedVersion(this.collection, this.parts, until);
      if (this.version === undefined) return { kind: 'notServed' };
      return await work(this.version, until);
    } catch (error) {
      if (cut.aborted) return { kind: 'cut' };
      return endingOfError(error, {
        cluster,
        verb: 'watch',
        resource: resourceOf(this.collection),
      });
    } finally {
      noted.abort();
    }
  }

  /** Says how things stand after an ending, and waits until it is time for the next attempt. */
  private async rest(ending: Ending, signal: AbortSignal): Promise<void> {
    const { timing, limits, room, pulse } = this.parts;
    const worked =
      this.currentSince !== undefined &&
      timing.elapsed() - this.currentSince >= limits.worked;
    if (worked) this.failures = 0;
    if (worked || ending.kind !== 'forbidden') this.noes = 0;
    if (ending.kind === 'noStreams') return;
    if (ending.kind === 'closed' && worked) return;
    if (ending.kind === 'cut') {
      // Whoever finds the server again calls; what has found it already goes on at once.
      if (pulse.lost !== undefined)
        await room.wait(limits.pause[1], { signal, mayBeCalled: true });
      return;
    }
    this.failures += 1;
    // What fails again and again may be the place from which it was to go on.
    if (this.failures % FAILURES_OF_ONE_PLACE === 0)
      this.reflector.forgetPlace();
    const judged = await this.withDoubtAboutNo(ending, signal);
    this.judge(judged);
    if (judged.kind === 'expired' && this.failures === 1) return;
    // Without its definition there is nothing to tell when a kind comes.
    const isAbsent = this.standing === 'notInstalled';
    const chance = timing.random();
    await room.wait(
      isAbsent
        ? limits.lookAgain * (0.75 + chance / 2)
        : this.pause(judged, this.failures),
      {
        signal,
        mayBeCalled:
          !isAbsent && judged.kind !== 'forbidden' && !('retryAfter' in judged),
      },
    );
  }

  private pause(ending: Ending, failures: number): number {
    const { timing, limits } = this.parts;
    return pauseAfterEnding(ending, failures, timing.random(), limits);
  }

  /** A server that starts says no before it has read who may do what; such a no is none. */
  private async withDoubtAboutNo(
    ending: Ending,
    signal: AbortSignal,
  ): Promise<Ending> {
    if (ending.kind !== 'forbidden') return ending;
    this.doubt(ending.because);
    const said = await this.parts.pulse.ask(signal);
    this.noes = said.kind === 'lost' ? 0 : this.noes + 1;
    // The first may have been said before it was ready, or to older credentials.
    return this.noes > (said.kind === 'ready' ? 1 : 3)
      ? ending
      : { kind: 'failed', because: ending.because };
  }

  private judge(ending: Ending): void {
    const { cluster } = this.parts;
    const { definition } = this.collection;
    switch (ending.kind) {
      case 'forbidden':
        this.stand({ state: 'forbidden', because: ending.because });
        return;
      case 'expired':
        this.doubt('it is being listed anew');
        return;
      case 'notServed':
        this.version = undefined;
        this.reflector.forgetPlace();
        if (definition && !this.installed().startsWith('present')) this.leave();
        else this.doubt(whyNotServed(this.collection, cluster));
        return;
      case 'failed':
        this.doubt(ending.because);
        return;
      default:
        this.doubt(`its watch in cluster ${cluster} ended too early`);
    }
  }

  /** The kind is not there; that is a fact. */
  private leave(): void {
    this.startAnew();
    this.intake.forget();
    this.hasBeenCurrent = false;
    this.stand({ state: 'notInstalled' });
  }

  private startAnew(): void {
    this.version = undefined;
    this.failures = 0;
    this.reflector.forgetPlace();
    if (this.standing === 'current') this.doubt('its definition has changed');
  }

  private doubt(because: string): void {
    this.stand({
      state: this.hasBeenCurrent ? 'stale' : 'unreadable',
      because,
    });
  }

  private becomeCurrent(): void {
    const { timing, room } = this.parts;
    this.hasBeenCurrent = true;
    this.currentSince = timing.elapsed();
    this.parts.heard();
    this.standWhole();
    // What has passed here may have passed for the others.
    if (this.failures > 0) room.callAll();
  }

  private hear(lagSeconds: number | undefined): void {
    // While a list comes in, what is known is as old as it was.
    if (this.currentSince === undefined) return;
    if (lagSeconds !== undefined) this.lag = lagSeconds;
    this.parts.heard();
    this.standWhole();
  }

  private standWhole(): void {
    const { gap } = this.intake;
    if (gap !== undefined) this.stand({ state: 'unreadable', because: gap });
    else if (this.standing !== 'current') this.stand({ state: 'current' });
  }

  private stand(standing: Standing): void {
    this.standing = standing.state;
    this.parts.stands(standing);
  }

  private cutBecause(): string {
    const { pulse, cluster } = this.parts;
    return pulse.lost ?? `the API server of cluster ${cluster} was away`;
  }
}
