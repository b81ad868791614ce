import type { KubernetesObject } from '../../model';
import {
  isUnreadable,
  LinkerdInstallation,
  readLinkerdInstallation,
  trustAnchorsIn,
} from '../../mesh';
import { Origin, originOf, refuse, Unreadable } from '../../mesh/readable';

/** The ConfigMaps of a control plane that are read, and no others. */
export const controlPlaneConfigs = {
  installation: 'linkerd-config',
  trustBundle: 'linkerd-identity-trust-roots',
} as const;

/** Key of the trust bundle. */
const BUNDLE = 'ca-bundle.crt';

/**
 * What a control plane says about itself, in one of its two ConfigMaps.
 *
 * @public
 */
export type ControlPlaneConfig = Origin &
  (
    | ({ holds: 'installation' } & LinkerdInstallation)
    | {
        holds: 'trustBundle';
        /** One text per certificate, as `trustAnchorsIn` writes them. */
        anchors: readonly string[];
      }
  );

/** @returns what the ConfigMap holds, undefined for every other one, or why it cannot be read. */
export function controlPlaneConfigFromKubernetes(
  object: KubernetesObject,
): ControlPlaneConfig | Unreadable | undefined {
  switch (object.metadata.name) {
    case controlPlaneConfigs.installation: {
      const read = readLinkerdInstallation(object);
      return isUnreadable(read)
        ? read
        : { ...originOf(object), holds: 'installation', ...read };
    }
    case controlPlaneConfigs.trustBundle: {
      const text = Object(object.data)[BUNDLE];
      if (typeof text !== 'string') {
        return refuse(object, `data["${BUNDLE}"] is missing`);
      }
      const anchors = trustAnchorsIn(text);
      return anchors.length === 0
        ? refuse(object, `data["${BUNDLE}"] holds no certificate`)
        : { ...originOf(object), holds: 'trustBundle', anchors };
    }
    default:
      return undefined;
  }
}
