import type { TrafficAnswers } from '@meshway/plugin-meshed-service-common';

/** One number by namespace, which says who was seen and which proxies are up, and nothing of how often. */
export type Shapes = ReadonlyMap<string, number>;

/** Values of these make a difference; those of others only grow. */
const states = new Set(['up', 'certificateExpires', 'certificateRefreshed']);

/** @returns the shape of each namespace, whatever the order of rows. */
export function shapesOf({ rows }: Pick<TrafficAnswers, 'rows'>): Shapes {
  const shapes = new Map<string, number>();
  for (const [question, answered] of rows) {
    if (question === 'clock') continue;
    for (const { labels, value } of answered) {
      const parts = Object.keys(labels)
        .sort()
        .map(label => `${label}=${labels[label]}`);
      const state = states.has(question) ? value : '';
      const shape = hashOf(`${question} ${parts.join(' ')} ${state}`);
      const { namespace = '' } = labels;
      // eslint-disable-next-line no-bitwise -- an order-independent sum of hashes
      shapes.set(namespace, ((shapes.get(namespace) ?? 0) + shape) | 0);
    }
  }
  return shapes;
}

/** @returns the namespaces in which somebody came, went or changed. */
export function changedBetween(before: Shapes, after: Shapes): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    namespace => namespace && before.get(namespace) !== after.get(namespace),
  );
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    // eslint-disable-next-line no-bitwise -- it is a hash
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash;
}
