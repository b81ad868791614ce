/** A machine that cannot gets a sentence that names the way out, and no stack. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { aCheckout } from './checkout.mjs';
import { sentenceFor } from './stop.mjs';

const checkouts = [];
const checkout = (...programs) => {
  const made = aCheckout().with('dirname', ...programs);
  checkouts.push(made);
  return made;
};
after(() => checkouts.forEach(made => made.remove()));

function assertSentence({ code, said }, ...parts) {
  assert.equal(code, 1, said);
  for (const part of parts) assert.match(said, part);
  assert.doesNotMatch(said, /^ {4}at /m);
}

test('./dev alone lists its verbs', async () => {
  const { code, said } = await checkout('node', 'git').dev([]);
  assert.equal(code, 0);
  const verbs = 'start test platform bench golden meshway fix clean'.split(' ');
  for (const verb of verbs) {
    assert.match(said, new RegExp(`\\./dev ${verb} `));
  }
});

test('an unknown verb is named, beside those that exist', async () => {
  const answer = await checkout('node', 'git').dev(['deploy']);
  assertSentence(answer, /knows no "deploy"/, /\.\/dev start/);
});

test('a platform is told what to do', async () => {
  for (const args of [[], ['sideways'], ['up', 'down']]) {
    const answer = await checkout('node', 'git').dev(['platform', ...args]);
    assertSentence(answer, /\.\/dev platform up/, /\.\/dev platform down/);
  }
});

test('a bench is told what to measure', async () => {
  for (const args of [[], ['sideways'], ['provision', 'more'], ['--json']]) {
    const answer = await checkout('node', 'git').dev(['bench', ...args]);
    assertSentence(answer, /\.\/dev bench provision/, /\.\/dev bench status/);
  }
  for (const services of ['0', 'x', '1,', '999999', '-1']) {
    const answer = await checkout('node', 'git').dev([
      'bench',
      'provision',
      `--services=${services}`,
    ]);
    assertSentence(answer, /--services takes whole numbers from 1 to 5000/);
  }
  const refused = {
    '--services=0': /--services takes whole numbers from 1 to 50000, not "0"/,
    '--pods=50001': /--pods takes whole numbers from 1 to 50000, not "50001"/,
    '--pods=': /--pods takes whole numbers/,
    '--rows=read,speed': /--rows takes some of read, .*peer, not "speed"/,
    '--rows=': /--rows takes some of read, .*peer, not ""/,
    '--parallel=8': /parallel/,
  };
  for (const [option, sentence] of Object.entries(refused)) {
    const answer = await checkout('node', 'git').dev([
      'bench',
      'status',
      option,
    ]);
    assertSentence(answer, sentence);
  }
});

test('no Node', async () => {
  assertSentence(
    await checkout('git').dev(['start']),
    /needs Node 20 or newer.*Install Node/,
  );
});

test('a Node that is too old', async () => {
  assertSentence(
    await checkout('git').withFake('node', 'v18.20.4').dev(['start']),
    /needs Node 20 or newer.*is v18\.20\.4/,
  );
});

test('no git', async () => {
  assertSentence(
    await checkout('node').dev(['start']),
    /needs git.*Install it/,
  );
});

test('no npm, and a Node that Backstage does not accept', async () => {
  assertSentence(
    await checkout('node', 'git').dev(['test'], {
      MESHWAY_TOOLCHAIN: 'always',
    }),
    /no npm to fetch another with.*install Node 22 or 24 yourself/,
  );
});

test('no registry to fetch a Node from', async () => {
  const answer = await checkout('node', 'git', 'npm', 'sh', 'env').dev(
    ['test'],
    { MESHWAY_TOOLCHAIN: 'always' },
  );
  assertSentence(
    answer,
    /npm could not install node-/,
    /reaches an npm registry/,
    /The whole log: \.meshway\/logs\/node\.log/,
  );
});

test('no registry to fetch dependencies from', async () => {
  assertSentence(
    await checkout('node', 'git', 'sh').dev(['test']),
    /Yarn could not install the dependencies/,
    /reaches an npm registry/,
    /The whole log: \.meshway\/logs\/yarn-install\.log/,
  );
});

test('a port that is taken is named, with the way to choose another', async () => {
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  try {
    assertSentence(
      await checkout('node', 'git').dev(['start', '--port', `${port}`]),
      new RegExp(`Port ${port} is taken.*--port ${port + 1}.*MESHWAY_PORT`),
    );
    assertSentence(
      await checkout('node', 'git').dev(['start', '--port', '1'], {
        MESHWAY_PORT: '2',
        MESHWAY_BACKEND_PORT: `${port}`,
      }),
      /Port (1 is (taken|reserved)|\d+ is taken.*MESHWAY_BACKEND_PORT)/,
    );
  } finally {
    server.close();
  }
});

for (const [args, sentence] of [
  [['start', '--port', '0'], /--port: "0" is no port.*1 to 65535/],
  [['start', '--port', 'web'], /--port: "web" is no port/],
  [
    ['start', '--port', '3999', '--backend-port', '3999'],
    /both 3999: they must differ/,
  ],
  [['start', '--prot', '3001'], /Unknown option '--prot'/],
  [['test', 'jset'], /no test group "jset".*jest/],
  [['test', '--require', 'luck'], /"luck" is nothing that can be required/],
]) {
  test(`./dev ${args.join(
    ' ',
  )} is refused before anything is installed`, async () => {
    assertSentence(await checkout('node', 'git').dev(args), sentence);
  });
}

test('a file where a folder must be', async () => {
  const made = checkout('node', 'git');
  writeFileSync(join(made.folder, '.meshway'), '');
  assertSentence(await made.dev(['test']), /in the way at .*\.meshway/);
});

test('a folder that may not be written, a disk that is full', () => {
  assert.match(
    sentenceFor({ code: 'EACCES', path: '/x/.meshway' }),
    /may not write \/x\/\.meshway/,
  );
  assert.match(sentenceFor({ code: 'ENOSPC' }), /disk is full/);
});
