/**
 * What a snapshot never holds, for the people who send it on.
 *
 * @public
 */
export const leftOut: readonly string[] = [
  'Secrets: they are not even asked for.',
  'ConfigMaps, but two of the control plane: of `linkerd-config` the settings by which it decides, of the trust bundle the public certificates.',
  'Of containers: commands, arguments, environment, volumes, image pull secrets. Kept are four variables of the proxy (`LINKERD2_PROXY_INBOUND_DEFAULT_POLICY`, `…_IDENTITY_DISABLED`, `…_IDENTITY_LOCAL_NAME`, `…_IDENTITY_TRUST_ANCHORS`) and the ports that `linkerd-init` leaves alone.',
  'Of probes: headers, commands and queries.',
  'Annotations, but those of Linkerd and of the catalog; among those left out is `kubectl.kubernetes.io/last-applied-configuration`.',
  'Managed fields, finalizers, and every field that no answer rests on.',
];
