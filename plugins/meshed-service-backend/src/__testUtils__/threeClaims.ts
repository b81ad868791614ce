import { aMeshedServiceSpec } from '@meshway/plugin-meshed-service-common/testUtils';
import { aPortal, stampFile } from './aPortal';

export const cart = aMeshedServiceSpec({ name: 'cart', owner: 'shop' });
export const broken = aMeshedServiceSpec({ name: 'broken', owner: 'broken' });
export const payments = aMeshedServiceSpec({
  name: 'payments',
  owner: 'payments',
});

/** A service that nobody asked for: a pod without a proxy. */
export const legacy = `
apiVersion: v1
kind: Namespace
metadata: {name: legacy, uid: 1, labels: {kubernetes.io/metadata.name: legacy}}
---
apiVersion: v1
kind: Pod
metadata:
  name: legacy-1
  namespace: legacy
  uid: 2
  labels: {app.kubernetes.io/name: legacy, meshway.dev/service: legacy}
spec:
  serviceAccountName: legacy
  containers: [{name: legacy, ports: [{name: http, containerPort: 8080}]}]
status: {phase: Running, conditions: [{type: Ready, status: 'True'}]}
`;

/** Three teams have asked for services; the stamp of one cannot be read. */
export async function publishClaims(
  portal: Pick<ReturnType<typeof aPortal>, 'publish'>,
): Promise<void> {
  await portal.publish(cart);
  await portal.publish(payments);
  await portal.publish(broken, {
    'meshed.service.yaml': stampFile(broken).replace('spec:', 'sepc:'),
  });
}
