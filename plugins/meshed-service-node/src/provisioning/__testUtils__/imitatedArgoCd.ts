import {
  kinds,
  MESHWAY_API_VERSION,
  MeshedServiceSpec,
  names,
  Platform,
  renderBundle,
} from '@meshway/plugin-meshed-service-common';
import { administrator } from './anAdministrator';

/** Argo CD's part: what stands in the repository, and the application that the ApplicationSet makes. */
export async function deliverAsArgoCd(
  admin: ReturnType<typeof administrator>,
  spec: MeshedServiceSpec,
  platform: Platform,
): Promise<void> {
  for (const object of renderBundle(spec, platform).objects)
    if (object.apiVersion !== MESHWAY_API_VERSION) await admin.apply(object);
  await admin.apply({
    ...kinds.Application,
    metadata: {
      name: names.argoApplication(spec),
      namespace: platform.argocd.namespace,
    },
    spec: { project: spec.delivery.project },
  });
}
