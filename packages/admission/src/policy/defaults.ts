/** What an API server fills in before it asks the rules, as far as rules look at it. Paths are below the object. */
const podDefaults = { securityContext: {}, restartPolicy: 'Always' };

type Json = Record<string, unknown>;

const defaults: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['Pod', { spec: podDefaults }],
  ['Deployment', { spec: { template: { spec: podDefaults } } }],
  ['StatefulSet', { spec: { template: { spec: podDefaults } } }],
  ['DaemonSet', { spec: { template: { spec: podDefaults } } }],
  ['Service', { spec: { type: 'ClusterIP' } }],
  ['Server', { spec: { accessPolicy: 'deny', proxyProtocol: 'unknown' } }],
  ['Secret', { type: 'Opaque' }],
]);

/** @returns the object as the rules of an API server would see it. Nothing that is written is changed. */
export function withDefaults(object: unknown, kind: string): unknown {
  const missing = defaults.get(kind);
  return missing && isPlain(object) ? fill(object, missing) : object;
}

/** Fills in leaves only below objects that are there: a Pod without a spec does not get one. */
function fill(object: Json, missing: Json): Json {
  const filled: Json = { ...object };
  for (const [key, value] of Object.entries(missing)) {
    const present = object[key];
    if (isPlain(present) && isPlain(value)) filled[key] = fill(present, value);
    else if (
      present === undefined &&
      (!isPlain(value) || key === 'securityContext')
    )
      filled[key] = value;
  }
  return filled;
}

function isPlain(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
