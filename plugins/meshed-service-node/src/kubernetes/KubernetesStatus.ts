/** The parts of a `Status` object that say why a request was refused. */
export type KubernetesStatus = {
  reason: string;
  message: string;
  kind?: string;
  name?: string;
  causes: Array<{ reason: string; field: string; message: string }>;
};

/** @returns the status, or undefined when the answer is none: a proxy, or a path that the server does not serve. */
export function statusFrom(json: unknown): KubernetesStatus | undefined {
  const status = fields(json);
  if (status.kind !== 'Status') return undefined;
  const details = fields(status.details);
  const causes = Array.isArray(details.causes) ? details.causes : [];
  return {
    reason: text(status.reason),
    message: text(status.message),
    ...(details.kind ? { kind: text(details.kind) } : {}),
    ...(details.name ? { name: text(details.name) } : {}),
    causes: causes.map(cause => ({
      reason: text(fields(cause).reason),
      field: text(fields(cause).field),
      message: text(fields(cause).message),
    })),
  };
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
