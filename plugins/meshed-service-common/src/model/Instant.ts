/** An instant as ISO 8601 text in UTC. Time is always a parameter. @public */
export type Instant = string;
