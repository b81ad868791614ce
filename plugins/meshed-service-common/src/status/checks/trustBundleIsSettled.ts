import { Check, isMeshed, ok, progressing } from './Check';

/** The trust bundle holds one anchor. Two are right while the anchor is rotated, and only then. */
export const trustBundleIsSettled: Check = {
  code: 'MSC019',
  title: 'The trust bundle is settled',
  restsOn: ['ConfigMap'],
  concerns: isMeshed,
  evaluate({ observation: { mesh } }) {
    if (!mesh.trustBundle) return undefined;
    const { anchors, ref } = mesh.trustBundle;
    if (anchors.length === 1) return ok('The trust bundle holds one anchor.');
    return progressing(
      `The trust bundle holds ${anchors.length} anchors: the anchor is being rotated.`,
      {
        evidence: [{ ref, field: 'data["ca-bundle.crt"]' }],
        fix: 'Restart every workload, then renew the issuer, then take the old anchor out of the bundle and restart once more.',
      },
    );
  },
};
