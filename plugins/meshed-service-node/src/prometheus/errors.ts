import { ServiceUnavailableError } from '@backstage/errors';

/**
 * A Prometheus could not be asked, or its answer cannot be used.
 *
 * @public
 */
export class PrometheusError extends ServiceUnavailableError {}
