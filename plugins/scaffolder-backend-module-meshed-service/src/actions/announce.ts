import { SERVICE_PUBLISHED_TOPIC } from '@meshway/plugin-meshed-service-node';
import type { StepContext, StepServices } from '../step';

/** So that the catalog need not wait for its next look; it would look anyway. */
export async function announce(
  { service, repository }: { service: string; repository: string },
  { events }: Pick<StepServices, 'events'>,
  { logger }: Pick<StepContext, 'logger'>,
): Promise<void> {
  try {
    await events.publish({
      topic: SERVICE_PUBLISHED_TOPIC,
      eventPayload: { service, repository },
    });
  } catch (error) {
    logger.warn(
      `The catalog could not be told and will find ${service} by itself: ${error}`,
    );
  }
}
