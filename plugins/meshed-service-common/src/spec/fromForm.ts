/** Fields that a spec may go without, and that a form sends with nothing in them when nobody touched them. */
const optionalObjects = ['rateLimit', 'egress', 'quota'] as const;

/** The property on which the review page hangs; it never carries a value of a service. @public */
export const REVIEW_PROPERTY = 'review';

/**
 * Takes back what a form cannot help sending, and nothing else: the one place where the values of a form and a spec
 * differ. A JSON Schema form fills every list with `[]` and every object with its empty lists, also where "left out"
 * and "empty" mean different things:
 *
 * - `rateLimit`, `egress` and `quota` with nothing in them are left out;
 * - an empty `clients` of a port is left out, so that the clients of the service hold (a form has no way to say
 *   "nobody may call this port"; a spec file has);
 * - the property of the review page is dropped.
 *
 * Everything else stays as it came, unknown fields included: the parser names and refuses them.
 *
 * @public
 */
export function fromForm(values: unknown): unknown {
  if (!isObject(values)) return values;
  // Spread, not assigned one by one: an own `__proto__` stays an own key and is refused as unknown.
  const service: Record<string, unknown> = { ...values };
  if (service[REVIEW_PROPERTY] === undefined || service[REVIEW_PROPERTY] === '')
    delete service[REVIEW_PROPERTY];
  for (const field of optionalObjects)
    if (holdsNothing(service[field])) delete service[field];
  if (Array.isArray(service.ports))
    service.ports = service.ports.map(withoutEmptyClients);
  return service;
}

function withoutEmptyClients(port: unknown): unknown {
  if (!isObject(port) || !Array.isArray(port.clients) || port.clients.length)
    return port;
  const kept = { ...port };
  delete kept.clients;
  return kept;
}

/** `{}`, or an object whose every field is missing or an empty list. */
function holdsNothing(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.values(value).every(
      field =>
        field === undefined || (Array.isArray(field) && field.length === 0),
    )
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
