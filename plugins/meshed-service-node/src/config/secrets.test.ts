import { ConfigReader } from '@backstage/config';
import { inspect } from 'node:util';
import { readMeshedServiceConfig } from './readMeshedServiceConfig';

describe('a configuration with secrets', () => {
  it('shows no token when it is logged', () => {
    const meshedService = {
      clusters: [
        { name: 'a', url: 'https://a', serviceAccountToken: 'hunter2' },
      ],
      vault: { address: 'https://v', token: 'hunter2' },
    };
    const config = readMeshedServiceConfig(new ConfigReader({ meshedService }));
    expect(JSON.stringify(config)).not.toContain('hunter2');
    expect(inspect(config, { depth: 9, showHidden: true })).not.toContain(
      'hunter2',
    );
  });
});
