import { DefaultBranches } from './DefaultBranches';

describe('DefaultBranches', () => {
  let now = 0;
  let tips: Record<string, string>;
  const ask = jest.fn<Promise<string | undefined>, []>();
  const tipWith = (branches: DefaultBranches) =>
    branches.tipOf('cart', { tipOf: async name => tips[name] }, ask);

  beforeEach(() => {
    now = 0;
    tips = { main: '1' };
    ask.mockReset().mockResolvedValue('main');
  });

  it('asks for a name once in a while, and for the tip each time', async () => {
    const branches = new DefaultBranches(() => now);
    expect(await tipWith(branches)).toBe('1');
    tips.main = '2';
    expect(await tipWith(branches)).toBe('2');
    expect(ask).toHaveBeenCalledTimes(1);
    now = 10 * 60_000;
    await tipWith(branches);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('asks again at once when the branch is gone', async () => {
    const branches = new DefaultBranches(() => now);
    await tipWith(branches);
    tips = { trunk: '3' };
    ask.mockResolvedValue('trunk');
    expect(await tipWith(branches)).toBe('3');
  });

  it('remembers nothing of a repository that is not there, or empty', async () => {
    const branches = new DefaultBranches(() => now);
    ask.mockResolvedValueOnce(undefined);
    expect(await tipWith(branches)).toBeUndefined();
    tips = {};
    expect(await tipWith(branches)).toBeUndefined();
    tips = { main: '1' };
    expect(await tipWith(branches)).toBe('1');
  });
});
