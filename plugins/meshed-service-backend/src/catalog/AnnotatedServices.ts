import type { AuthService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  CATALOG_FILTER_EXISTS,
  EntityFilterQuery,
} from '@backstage/catalog-client';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  annotations,
  formatServiceRef,
  SourceStatus,
} from '@meshway/plugin-meshed-service-common';
import { inSlices } from '@meshway/plugin-meshed-service-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { Listeners, Repeating } from '../pace';
import { AnnotatedService, servicesOfEntity } from './servicesOfEntity';

const LOOK_MILLISECONDS = 60_000;
const FIRST_LOOK_MILLISECONDS = 1_000;
const LONGEST_SETTLING = 5_000;
const PAGE = 500;

const exists = (annotation: string) => ({
  [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
});
const filter: EntityFilterQuery = [
  exists(annotations.service),
  exists(annotations.backstageKubernetesId),
  exists(annotations.backstageKubernetesLabelSelector),
];

/** Which services the catalog knows, read once a minute; a catalog that does not answer leaves what was read last. */
export class AnnotatedServices {
  private found: ReadonlyMap<string, AnnotatedService> = new Map();
  private readAt: number | undefined;
  private problem: string | undefined = 'it has not been read yet';
  private wasTried = false;
  private running: Promise<void> | undefined;
  private readonly repeated: Repeating[];
  private readonly listeners: Listeners<ReadonlySet<string>>;

  constructor(
    private readonly catalog: Pick<CatalogService, 'streamEntities'>,
    private readonly auth: Pick<AuthService, 'getOwnServiceCredentials'>,
    private readonly options: {
      clusters: readonly string[];
      onProblem: (problem: string) => void;
      now?: () => number;
    },
  ) {
    this.listeners = new Listeners(error =>
      options.onProblem(toError(error).message),
    );
    const [first, later] = [FIRST_LOOK_MILLISECONDS, LOOK_MILLISECONDS];
    const repeated = new Repeating(() => this.refresh(), later);
    const soon = new Repeating(async () => {
      await this.refresh();
      soon.stop();
    }, first);
    this.repeated = [soon, repeated];
  }

  start(): void {
    for (const each of this.repeated) each.start();
  }

  stop(): void {
    for (const each of this.repeated) each.stop();
  }

  /** @param listener - told which services the catalog speaks of in another way than before. */
  subscribe(listener: (services: ReadonlySet<string>) => void): () => void {
    return this.listeners.add(listener);
  }

  find(service: string): AnnotatedService | undefined {
    return this.found.get(service);
  }

  all(): Iterable<AnnotatedService> {
    return this.found.values();
  }

  /** @returns how whole and how old what is known of the catalog is. */
  get source(): SourceStatus {
    const { problem, readAt } = this;
    return {
      source: 'catalog',
      kind: 'Entity',
      freshness: freshnessOf(problem, readAt),
      ...(readAt === undefined
        ? {}
        : { observedAt: new Date(readAt).toISOString() }),
      ...(problem === undefined ? {} : { message: problem }),
    };
  }

  /** Waits a little for the first reading. */
  async settle(): Promise<void> {
    if (this.wasTried) return;
    const end = new AbortController();
    const patience = sleep(LONGEST_SETTLING, undefined, end);
    await Promise.race([this.refresh(), patience.catch(() => undefined)]);
    end.abort();
  }

  /** Reads the catalog; of several that ask at once, all get one answer. */
  refresh(): Promise<void> {
    this.running ??= this.look().finally(() => {
      this.wasTried = true;
      this.running = undefined;
    });
    return this.running;
  }

  private async look(): Promise<void> {
    try {
      const found = await this.read();
      const before = this.found;
      this.found = found;
      this.readAt = (this.options.now ?? Date.now)();
      this.problem = undefined;
      const changed = differenceOf(before, found);
      if (changed.size > 0) this.listeners.tell(changed);
    } catch (error) {
      const { message } = toError(error);
      if (this.problem !== message)
        this.options.onProblem(`The catalog cannot be read: ${message}`);
      this.problem = message;
    }
  }

  private async read(): Promise<Map<string, AnnotatedService>> {
    const found = new Map<string, AnnotatedService>();
    const credentials = await this.auth.getOwnServiceCredentials();
    const pages = this.catalog.streamEntities(
      {
        filter,
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.annotations',
        ],
        pageSize: PAGE,
      },
      { credentials },
    );
    for await (const page of pages)
      await inSlices(page, entity => {
        for (const each of servicesOfEntity(entity, this.options.clusters)) {
          const name = formatServiceRef(each.service);
          const known = found.get(name);
          // Whoever comes first by name speaks for it, so that two entities do not take turns.
          if (!known || each.entityRef < known.entityRef) found.set(name, each);
        }
      });
    return found;
  }
}

function freshnessOf(
  problem: string | undefined,
  readAt: number | undefined,
): SourceStatus['freshness'] {
  if (problem === undefined) return 'current';
  return readAt === undefined ? 'unreadable' : 'stale';
}

function differenceOf(
  before: ReadonlyMap<string, AnnotatedService>,
  now: ReadonlyMap<string, AnnotatedService>,
): Set<string> {
  const said = (each: AnnotatedService | undefined) => JSON.stringify(each);
  return new Set(
    [...before.keys(), ...now.keys()].filter(
      name => said(before.get(name)) !== said(now.get(name)),
    ),
  );
}
