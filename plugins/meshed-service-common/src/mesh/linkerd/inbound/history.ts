import { formatObjectRef } from '../../../model';
import { compareText, Unreadable } from '../../readable';
import { refusedAuthentication } from './authorize';
import type { HistoryNote } from './EffectivePolicy';
import type { PolicyIndex } from './PolicyIndex';
import type { Server, Workload } from '../kinds';

/**
 * @returns what was refused and may concern a port: a Server always, for what it selected before is not known; other
 *   policies where a Server decides, for without one they have no say.
 */
export function refusalsFor(
  workload: Workload,
  server: Server | undefined,
  index: PolicyIndex,
): Unreadable[] {
  const here = index
    .refusedIn(workload.namespace)
    .filter(
      ({ ref }) =>
        ref.kind === 'Server' ||
        (server !== undefined && !ref.kind.endsWith('Authentication')),
    );
  return server ? [...here, ...authenticationsFor(server, index)] : here;
}

/** @returns notes on what may still act in a form that it had before. */
export function formerForms(refusals: readonly Unreadable[]): HistoryNote[] {
  return refusals
    .filter(({ wasUpdated }) => wasUpdated)
    .map(({ ref, because }) => ({
      kind: 'formerForm',
      ref,
      because: `${because}; a policy controller that saw it in a usable form keeps that one until it restarts`,
    }));
}

/** @returns notes without repetition, in an order of their own. */
export function tidyNotes(notes: readonly HistoryNote[]): HistoryNote[] {
  const byText = new Map(
    notes.map(note => [`${formatObjectRef(note.ref)}: ${note.because}`, note]),
  );
  return [...byText]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, note]) => note);
}

/** @returns refusals without repetition, in an order of their own. */
export function tidyRefusals(refusals: readonly Unreadable[]): Unreadable[] {
  const byText = new Map(
    refusals.map(({ ref, because }) => [
      `${formatObjectRef(ref)}: ${because}`,
      { ref, because },
    ]),
  );
  return [...byText]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, refusal]) => refusal);
}

/** @returns refused authentications that a policy about the Server or one of its routes requires. */
function authenticationsFor(server: Server, index: PolicyIndex): Unreadable[] {
  return [
    ...index.policiesOf(server),
    ...index.routesOf(server).flatMap(route => index.policiesOfRoute(route)),
  ]
    .flatMap(({ requires }) => requires)
    .flatMap(required => refusedAuthentication(index, required) ?? []);
}
