import { z } from 'zod';
import { sourceStatusSchema } from './status';

/** Something in a snapshot that could not be read, and where. @public */
export const sourceProblemSchema = z.object({
  /** Relative to the folder of the snapshot. */
  file: z.string(),
  line: z.number().int().optional(),
  message: z.string(),
});
/** Something in a snapshot that could not be read, and where. @public */
export type SourceProblem = z.infer<typeof sourceProblemSchema>;

/** A cluster of the configuration, and how whole its data is. @public */
export const clusterSummarySchema = z.object({
  name: z.string(),
  /** `none`: no source is configured, so nothing is ever observed there. */
  source: z.enum(['live', 'snapshot', 'none']),
  sources: z.array(sourceStatusSchema),
  problems: z.array(sourceProblemSchema),
  observedAt: z.string().optional(),
});
/** A cluster of the configuration, and how whole its data is. @public */
export type ClusterSummary = z.infer<typeof clusterSummarySchema>;

/** Answer of `GET clusters`. @public */
export const clustersResponseSchema = z.object({
  items: z.array(clusterSummarySchema),
  /** What is read once for all clusters: the registry, the catalog. */
  portal: z.array(sourceStatusSchema).optional(),
});
/** All clusters of the configuration. @public */
export type ClustersResponse = z.infer<typeof clustersResponseSchema>;
