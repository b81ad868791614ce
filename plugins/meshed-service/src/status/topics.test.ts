import { checks, Finding } from '@meshway/plugin-meshed-service-common';
import { byTopic } from './topics';

it('tells who a proxy is and whom it believes from everything else', () => {
  const { trust, others } = byTopic(
    checks.map(({ code, title }) => ({ code, title } as Finding)),
  );
  expect(trust.map(({ title }) => title)).toEqual([
    'Proxies have an identity',
    'Proxies trust the same roots',
    'Proxies trust the current trust bundle',
    'The trust bundle is settled',
    'The issuer of the mesh is renewed in time',
    'The trust anchors hold',
    'Identities are of this mesh',
    'Certificates of proxies hold',
    'Certificates of proxies are renewed in time',
  ]);
  expect(trust.length + others.length).toBe(checks.length);
});
