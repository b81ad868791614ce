import { formatObjectRef, type ObjectRef } from '../../model';
import type { Authorization } from '../../mesh';
import { opensOf } from '../openings';
import { policyKinds } from '../Observation';
import { portsOfService } from '../ports';
import { standingsOfPort } from '../standings';
import { Check, degraded, ok } from './Check';

/** Whoever a policy lets in shows an identity. A policy without one, or for networks only, lets plaintext in. */
export const policiesNeedIdentity: Check = {
  code: 'MSC008',
  title: 'Policies ask for an identity',
  restsOn: ['Pod', 'ExternalWorkload', ...policyKinds],
  evaluate({ spec, observation }) {
    const standings = portsOfService(spec, observation).flatMap(({ port }) =>
      standingsOfPort(observation, port),
    );
    const written = standings
      .flatMap(({ policy }) => [
        ...policy.authorizations,
        ...policy.routes.flatMap(route => route.authorizations),
      ])
      .filter(isWritten);
    if (written.length === 0) return undefined;
    const open = refsOf(
      standings.flatMap(({ policy, workload }) => opensOf(policy, workload)),
    );
    const wide = refsOf(
      written.filter(
        ({ authentication }) => authentication.type === 'meshTLS-any-identity',
      ),
    );
    if (open.length + wide.length === 0) {
      return ok('Every policy names the identities that it lets in.');
    }
    return degraded(
      [
        ...open.map(ref => `${ref.kind} ${ref.name} lets plaintext in.`),
        ...wide.map(
          ref => `${ref.kind} ${ref.name} lets every meshed client in.`,
        ),
      ].join(' '),
      {
        evidence: [...open, ...wide].map(ref => ({ ref })),
        fix: 'Name the ServiceAccounts that call the service in a MeshTLSAuthentication, and require it.',
      },
    );
  },
};

function isWritten({ kind }: Authorization): boolean {
  return kind !== 'default';
}

function refsOf(authorizations: readonly Authorization[]): ObjectRef[] {
  const refs = new Map<string, ObjectRef>();
  for (const { ref } of authorizations) {
    if (ref) refs.set(formatObjectRef(ref), ref);
  }
  return [...refs.values()];
}
