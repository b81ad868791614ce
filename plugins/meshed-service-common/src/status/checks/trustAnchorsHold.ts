import { readValidity } from '../../mesh';
import { Check, degraded, isMeshed, ok, unknown } from './Check';
import { lifePhaseOf } from './lifetime';

/** The anchors of the mesh hold for a good while: to rotate one takes two restarts of everything. */
export const trustAnchorsHold: Check = {
  code: 'MSC021',
  title: 'The trust anchors hold',
  restsOn: ['ConfigMap'],
  concerns: isMeshed,
  evaluate({ observation: { mesh }, now }) {
    if (!mesh.trustBundle) return undefined;
    const { anchors, ref } = mesh.trustBundle;
    const field = 'data["ca-bundle.crt"]';
    const read = anchors.map(readValidity);
    const known = read.filter(each => each !== undefined);
    const phases = known.map(each => lifePhaseOf(each, now));
    // Whoever is left keeps the mesh going: the one that lasts longest counts.
    const last = known.reduce(
      (latest, { notAfter }) =>
        Date.parse(notAfter) > Date.parse(latest) ? notAfter : latest,
      known[0]?.notAfter ?? '',
    );
    if (known.length < read.length) {
      return unknown('The trust bundle holds an anchor that cannot be read.', {
        evidence: [{ ref, field }],
      });
    }
    if (phases.includes('fresh')) return ok('The trust anchors hold.');
    const evidence = [{ ref, field, value: last }];
    return phases.every(phase => phase === 'ended')
      ? degraded(`The last trust anchor ended at ${last}: mTLS fails.`, {
          evidence,
          fix: 'Make a new anchor and issuer, and restart control plane and workloads.',
        })
      : degraded(
          `Less than a tenth of the life of the last trust anchor is left: it ends at ${last}.`,
          {
            evidence,
            fix: 'Rotate the anchor now, with both in the trust bundle while workloads are restarted.',
          },
        );
  },
};
