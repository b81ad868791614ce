import { WorkQueue } from './WorkQueue';

const nothing = async () => undefined;

describe('WorkQueue', () => {
  it('works on each item once, however often it was added before', async () => {
    const done: string[] = [];
    const queue = new WorkQueue<string>(async item => {
      done.push(item);
    });
    queue.add(['a', 'b']);
    queue.add(['a']);
    await queue.hurry(nothing);
    expect(done).toEqual(['a', 'b']);
  });

  it('works again on what is added while it is worked on', async () => {
    const done: string[] = [];
    const queue: WorkQueue<string> = new WorkQueue(async item => {
      if (done.length === 0) queue.add([item]);
      done.push(item);
    });
    queue.add(['a']);
    await queue.hurry(nothing);
    expect(done).toEqual(['a', 'a']);
  });

  it('ends for whoever hurries when what he added is done, too', async () => {
    const done: string[] = [];
    const queue = new WorkQueue<string>(async item => {
      done.push(item);
    });
    await queue.hurry(async () => queue.add(['a']));
    expect(done).toEqual(['a']);
  });
});
