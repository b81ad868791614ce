/** An instant as ISO 8601 text in UTC. Time is always a parameter. */
export type Instant = string;
