import type {
  ClustersResponse,
  ClusterSummary,
  SourceStatus,
} from '@meshway/plugin-meshed-service-common';

/** Everything that statuses rest on, and how whole and how old it is. */
export class SourceOverview {
  /** @param portal - what is read once for all clusters: the registry, the catalog. */
  constructor(
    private readonly observed: { sources(): Promise<ClusterSummary[]> },
    private readonly portal: ReadonlyArray<{ readonly source: SourceStatus }>,
  ) {}

  /** @param asker - `all`: may see every service; else nothing is said that is about a single namespace or file. */
  async read({ all }: { all: boolean }): Promise<ClustersResponse> {
    const clusters = await this.observed.sources();
    return {
      items: all ? clusters : clusters.map(withoutPlaces),
      portal: this.portal.map(({ source }) => source),
    };
  }
}

function withoutPlaces(cluster: ClusterSummary): ClusterSummary {
  return {
    ...cluster,
    sources: cluster.sources.filter(({ namespace }) => namespace === undefined),
    problems: [],
  };
}
