import type { KubernetesObject } from '@meshway/plugin-meshed-service-common';
import type { PlatformState } from '@meshway/test-platform';
import { someAtOnce } from '../../measure';
import type { Fleet } from '../fleet';
import { servedBy, rootOf } from '../replay/served';
import { AdminConnection } from './AdminConnection';

const AT_ONCE = 16;

/** Writes every object of the fleet, each service by itself. */
export async function writeFleet(
  fleet: Fleet,
  kubernetes: NonNullable<PlatformState['kubernetes']>,
): Promise<void> {
  const connection = new AdminConnection(kubernetes, AT_ONCE);
  const served = servedBy(fleet);
  const pathOf = ({ apiVersion, kind, metadata }: KubernetesObject) => {
    const found = served.find(
      each => each.apiVersion === apiVersion && each.kind === kind,
    );
    if (!found) throw new Error(`${apiVersion} ${kind} is not watched`);
    return metadata.namespace === undefined || !found.namespaced
      ? `${rootOf(apiVersion)}/${found.resource}`
      : `${rootOf(apiVersion)}/namespaces/${metadata.namespace}/${
          found.resource
        }`;
  };
  const write = async (object: KubernetesObject) => {
    const path = pathOf(object);
    const { status, ...content } = object;
    await connection.write('POST', path, asNew(content));
    if (object.kind === 'Pod' && status !== undefined)
      await connection.write(
        'PATCH',
        `${path}/${object.metadata.name}/status`,
        { status },
      );
  };
  const services = Array.from({ length: fleet.size.services }, (_, at) => at);
  await someAtOnce(services.map(String), AT_ONCE, async service => {
    const name = fleet.nameOf(Number(service));
    const [namespace, ...rest] = inOrder(fleet.objectsOf(Number(service)));
    await write(namespace);
    // The API server takes pods only where their account is.
    await connection.write(
      'POST',
      `/api/v1/namespaces/${name}/serviceaccounts`,
      {
        metadata: { name },
      },
    );
    for (const object of rest) await write(object);
  });
  connection.close();
}

/** Namespaces first: everything else stands in one. */
function inOrder(objects: KubernetesObject[]): KubernetesObject[] {
  const isNamespace = ({ kind }: KubernetesObject) => kind === 'Namespace';
  return [
    ...objects.filter(isNamespace),
    ...objects.filter(object => !isNamespace(object)),
  ];
}

/** Whatever a server gives to an object is its own to give. */
function asNew({ metadata, ...content }: KubernetesObject): object {
  const {
    uid: _,
    resourceVersion: __,
    creationTimestamp: ___,
    generation: ____,
    ...own
  } = metadata;
  return { ...content, metadata: own };
}
