import { patterns, ServiceRef } from '@meshway/plugin-meshed-service-common';
import { UnreadableError } from '../UnreadableError';

/** @throws UnreadableError naming --cluster. */
export function clusterName(name: string): string {
  return labelIn('--cluster', name);
}

/** @throws UnreadableError naming --namespace. */
export function namespaceName(name: string | undefined): string | undefined {
  return name === undefined ? undefined : labelIn('--namespace', name);
}

/** @throws UnreadableError naming --service. */
export function serviceName(text: string): Omit<ServiceRef, 'cluster'> {
  const [namespace, name, ...rest] = text.split('/');
  if (!namespace || !name || rest.length > 0)
    throw new UnreadableError(
      `--service: ${JSON.stringify(
        text.slice(0, 80),
      )} is not <namespace>/<name>`,
    );
  return { namespace, name };
}

function labelIn(option: string, name: string): string {
  if (patterns.dnsLabel.expression.test(name)) return name;
  throw new UnreadableError(
    `${option}: ${JSON.stringify(name.slice(0, 80))} is not possible; write ${
      patterns.dnsLabel.right
    }`,
  );
}
