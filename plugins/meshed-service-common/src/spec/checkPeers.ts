import type { MeshedServiceSpec } from './MeshedServiceSpec';
import { cidrProblem } from './network';
import type { SpecProblem } from './SpecProblem';

/** Who calls the service, and whom it calls. */
export function peers(spec: MeshedServiceSpec): SpecProblem[] {
  return [...clients(spec), ...calls(spec), ...egress(spec)];
}

function clients(spec: MeshedServiceSpec): SpecProblem[] {
  const problems: SpecProblem[] = [];
  if (spec.clients.length > 0 && spec.ports.length === 0)
    problems.push({
      path: 'clients',
      message: 'have no port to call; declare a port, or remove them',
    });
  const lists: Array<[string, MeshedServiceSpec['clients']]> = [
    ['clients', spec.clients],
    ...spec.ports.map((port, index): [string, MeshedServiceSpec['clients']] => [
      `ports[${index}].clients`,
      port.clients ?? [],
    ]),
  ];
  for (const [path, list] of lists) {
    problems.push(
      ...repeated(path, list, client => [
        client.namespace,
        'serviceAccount' in client ? client.serviceAccount : '',
      ]),
    );
    list.forEach((client, index) => {
      if ('serviceAccount' in client && client.serviceAccount === 'default')
        problems.push({
          path: `${path}[${index}].serviceAccount`,
          message:
            '"default" is shared by every workload of a namespace that has no account of its own; name the ServiceAccount of the one that calls you',
        });
    });
  }
  return problems;
}

function calls(spec: MeshedServiceSpec): SpecProblem[] {
  return repeated('calls', spec.calls, call =>
    'entityRef' in call
      ? [call.entityRef]
      : [call.namespace, call.service, call.port],
  );
}

function egress(spec: MeshedServiceSpec): SpecProblem[] {
  const allow = spec.egress?.allow ?? [];
  const path = 'egress.allow';
  return [
    ...repeated(path, allow, ({ cidr }) => [cidr]),
    ...allow.flatMap(({ cidr }, index) => {
      const message = cidrProblem(cidr);
      return message === undefined
        ? []
        : [{ path: `${path}[${index}].cidr`, message }];
    }),
  ];
}

function repeated<T>(
  path: string,
  list: readonly T[],
  keyOf: (item: T) => Array<string | number>,
): SpecProblem[] {
  const seen = new Set<string>();
  return list.flatMap((item, index) => {
    const key = keyOf(item).join('/');
    if (seen.has(key))
      return [{ path: `${path}[${index}]`, message: 'is listed twice' }];
    seen.add(key);
    return [];
  });
}
