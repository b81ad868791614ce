import {
  formatServiceRef,
  rungs,
  ServiceSummary,
} from '@meshway/plugin-meshed-service-common';

/** How a service stood when it was last known. */
type Standing = { rung: number; isBad: boolean; phase?: string };

/** What its owner has to hear of. */
export type Fall = {
  kind: 'fallen' | 'recovered';
  owner: string;
  summary: ServiceSummary;
};

type Followed = {
  /** What the service is compared with: how it stood before it fell. */
  good: Standing;
  now: ServiceSummary;
  fallenSince?: number;
  told: boolean;
};

/**
 * Which services have fallen, and have stayed down for a while. What is unknown is neither a fall nor a recovery: data that
 * is missing says nothing. A phase that somebody changed is no fall either.
 */
export class Falls {
  private readonly followed = new Map<string, Followed>();

  constructor(private readonly afterMilliseconds: number) {}

  /** @param after - undefined when the service is gone. */
  see(
    service: ServiceSummary['service'],
    after: ServiceSummary | undefined,
    now: number,
  ): void {
    const name = formatServiceRef(service);
    const followed = this.followed.get(name);
    if (!after?.owner) {
      this.followed.delete(name);
      return;
    }
    if (followed) followed.now = after;
    const standing = standingOf(after);
    if (!standing) return;
    if (!followed || followed.good.phase !== standing.phase) {
      this.followed.set(name, { good: standing, now: after, told: false });
      return;
    }
    if (isWorse(standing, followed.good)) {
      followed.fallenSince ??= now;
      return;
    }
    followed.fallenSince = undefined;
    if (!followed.told) followed.good = standing;
  }

  /** @returns what is due to be told; each is returned once. */
  due(now: number): Fall[] {
    const found: Fall[] = [];
    for (const followed of this.followed.values()) {
      const { fallenSince, now: summary, told } = followed;
      const { owner } = summary;
      if (!owner || !standingOf(summary)) continue;
      const isDown =
        fallenSince !== undefined &&
        now - fallenSince >= this.afterMilliseconds;
      if (isDown && !told) {
        followed.told = true;
        found.push({ kind: 'fallen', owner, summary });
      } else if (told && fallenSince === undefined) {
        followed.told = false;
        found.push({ kind: 'recovered', owner, summary });
      }
    }
    return found;
  }
}

function standingOf({
  verdict,
  state,
  phase,
}: ServiceSummary): Standing | undefined {
  if (verdict.kind === 'unknown' || state === 'unknown') return undefined;
  return {
    rung: rungs.indexOf(verdict.rung),
    isBad: state === 'degraded' || state === 'missing',
    ...(phase ? { phase } : {}),
  };
}

const isWorse = (one: Standing, other: Standing) =>
  one.rung < other.rung || (one.isBad && !other.isBad);
