import type { Verification } from '@meshway/plugin-meshed-service-common';
import { below, line, nameOf } from './line';

/** How a service is, part by part. */
export function presentVerification({
  service,
  state,
  findings,
  mesh,
  timedOut,
}: Verification): string {
  return [
    `${service}: ${state}`,
    ...findings.flatMap(({ state: each, part, message, ref, fix }) => [
      line(
        each === 'ok' ? '=' : '!',
        each,
        `${part}${ref ? `, ${nameOf(ref)}` : ''}: ${message}`,
      ),
      ...(fix ? [below(fix)] : []),
    ]),
    ...(mesh
      ? [
          line(
            mesh.state === 'ok' ? '=' : '!',
            mesh.state,
            `mesh: ${mesh.message}`,
          ),
          ...(mesh.fix ? [below(mesh.fix)] : []),
        ]
      : []),
    ...(timedOut
      ? ['The time was up before all was well; --wait waits longer.']
      : []),
  ].join('\n');
}
