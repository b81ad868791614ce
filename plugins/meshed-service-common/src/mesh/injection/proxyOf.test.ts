import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../model';
import { aPod } from '../../testUtils';
import { podFromKubernetes } from '../linkerd';
import { isUnreadable } from '../readable';

const folder = resolve(
  __dirname,
  '../../../../../../shared/data/linkerd/injected-pods',
);
const recorded = existsSync(folder)
  ? readdirSync(folder).filter(file => /^[^.]+\.yaml$/.test(file))
  : [];
const describeWhereRecorded = recorded.length > 0 ? describe : describe.skip;

function proxyIn(object: KubernetesObject) {
  const pod = podFromKubernetes(object);
  if (isUnreadable(pod)) throw new Error(pod.because);
  return pod.proxy?.kind;
}

describe('proxyOf', () => {
  it('does not take a label for a proxy', () => {
    expect(
      proxyIn(
        aPod('web-1', {
          proxy: false,
          labels: { 'linkerd.io/control-plane-ns': 'linkerd' },
        }),
      ),
    ).toBeUndefined();
  });

  it('does not take an init container that ends for a proxy', () => {
    expect(
      proxyIn(
        aPod('web-1', {
          spec: { initContainers: [{ name: 'linkerd-proxy' }] },
        }),
      ),
    ).toBeUndefined();
  });
});

describeWhereRecorded('pods as a real injector left them', () => {
  const unmeshed = ['host-network', 'not-injected', 'opt-out'];
  const classic = ['alpha-native-sidecar-annotation', 'classic-sidecar'];

  it('have the proxy that the injector gave them', () => {
    const found = Object.fromEntries(
      recorded.flatMap(file =>
        parseAllDocuments(readFileSync(join(folder, file), 'utf8'))
          .map(document => document.toJS() as KubernetesObject)
          .filter(({ kind }) => kind === 'Pod')
          .map(pod => [file.replace('.yaml', ''), proxyIn(pod)]),
      ),
    );
    // Its own container is called so already; the injector passed it over.
    delete found['existing-proxy'];
    const expected = Object.keys(found).map(name => {
      if (unmeshed.includes(name)) return [name, undefined];
      return [name, classic.includes(name) ? 'sidecar' : 'nativeSidecar'];
    });
    expect(found).toEqual(Object.fromEntries(expected));
  });
});
