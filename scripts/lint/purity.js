/**
 * What a pure package may not touch: its answers depend on its inputs alone, and it runs in a browser, in Node, in CI
 * and in a test alike. Time is a parameter.
 */
const { builtinModules } = require('node:module');

const pure = what => `A pure package has no ${what}: take it as a parameter.`;

exports.imports = [
  ...builtinModules,
  ...builtinModules.map(name => `node:${name}`),
  'react',
  'react-dom',
].map(name => ({ name, message: pure('Node, React or other surroundings') }));

exports.globals = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'process',
  'Buffer',
  'require',
  'window',
  'document',
  'globalThis',
  'global',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'performance',
  'crypto',
  'console',
].map(name => ({ name, message: pure(name) }));

exports.properties = [
  { object: 'Date', property: 'now', message: pure('clock') },
  { object: 'Math', property: 'random', message: pure('chance') },
];

exports.syntax = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: pure('clock'),
  },
  { selector: "CallExpression[callee.name='Date']", message: pure('clock') },
];
