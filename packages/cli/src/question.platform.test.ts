import { kinds } from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import { aCommandLine } from './__testUtils__/aCommandLine';
import { aFolder } from './__testUtils__/meshway';
import { onATerminal } from './__testUtils__/onATerminal';

const folder = aFolder();

describe('the question of meshway apply, on a terminal', () => {
  const platform = platformForTests(['kubernetes', 'argocd', 'vault']);
  let line: ReturnType<typeof aCommandLine>;
  let name: string;
  let file: string;
  beforeAll(() => {
    line = aCommandLine(platform, folder);
    name = platform.newNamespaceName('asked');
    const delivery = { mode: 'apply', repository: name, project: 'shop-apply' };
    file = line.ask(name, { delivery });
  });

  const answered = async (answer: string) => {
    const { code, screen } = await onATerminal(
      ['apply', file, '-c', line.config, '--wait', '0', ...line.author],
      { env: line.env, answer },
    );
    const namespace = await platform.kubernetes.server.read({
      ...kinds.Namespace,
      metadata: { name },
    });
    return { code, screen, isMade: namespace !== undefined };
  };

  it('writes nothing when it is answered with no, with nothing, or with ctrl-C', async () => {
    expect(await answered('n\n')).toEqual({
      code: 1,
      screen: expect.stringMatching(
        /Plan: \d+ to create[\s\S]+Write this to cluster local at https:\S+ \[y\/N\] [\s\S]*Nothing was written\./,
      ),
      isMade: false,
    });
    expect(await answered('\n')).toMatchObject({ code: 1, isMade: false });
    expect(await answered('\x03')).toMatchObject({ code: 130, isMade: false });
  });

  it('writes when it is answered with yes', async () => {
    expect(await answered('yes\n')).toMatchObject({
      screen: expect.stringContaining('created'),
      isMade: true,
    });
  });
});
