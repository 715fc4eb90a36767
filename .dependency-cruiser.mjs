/** The table of rooms (ARCHITECTURE.md), held by a machine. `src/layers.test.ts` plants a breach of each rule. */

/** What each room may import besides itself. */
const rooms = {
  model: [],
  terraform: ['model'],
  iam: ['model'],
  policy: ['model'],
  report: ['model'],
  io: ['model'],
  adapters: ['model', 'terraform', 'iam'],
  analysis: ['model', 'iam'],
};
const shells = {
  cli: ['src/index.ts', 'src/server/', 'src/report/', 'src/io/', 'src/model/'],
  server: ['src/index.ts', 'src/report/', 'src/io/', 'src/model/'],
};

const roomNames = Object.keys(rooms);
const oneOf = (names) => `(${names.join('|')})`;
const BESIDE = '\\.test(-support)?\\.ts$';
const TEST = [BESIDE, '^src/testing/'];
const TOP = '^src/[^/]+\\.ts$';
const OUTSIDE_WORLD =
  '^(node:)?(fs|http|https|http2|net|tls|dgram|dns|child_process|cluster|worker_threads|os|inspector)(/|$)';

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `room-${room}`,
  comment: `${room} may import ${allowed.join(', ') || 'nothing'}. Tests beside the code: see room-tests.`,
  severity: 'error',
  from: { path: `^src/${room}/`, pathNot: TEST },
  to: { path: '^src/', pathNot: `^src/${oneOf([room, ...allowed])}/` },
}));

const shellRules = Object.entries(shells).map(([shell, allowed]) => ({
  name: `room-${shell}`,
  comment: `${shell} may import ${allowed.join(', ')}.`,
  severity: 'error',
  from: { path: `^src/${shell}/`, pathNot: TEST },
  to: { path: '^src/', pathNot: `^${oneOf([`src/${shell}/`, ...allowed])}` },
}));

export default {
  forbidden: [
    ...roomRules,
    ...shellRules,
    {
      name: 'room-top',
      comment: 'check.ts and index.ts put the rooms together; the shells (cli, server) stand on them.',
      severity: 'error',
      from: { path: TOP, pathNot: TEST },
      to: { path: '^src/', pathNot: [`^src/${oneOf(roomNames)}/`, TOP] },
    },
    {
      name: 'room-tests',
      comment: 'A test beside the code may use every room to make its inputs, but not what is built on the rooms.',
      severity: 'error',
      from: { path: `^src/${oneOf(roomNames)}/.*${BESIDE}` },
      to: { path: '^src/', pathNot: `^src/${oneOf(roomNames)}/` },
    },
    {
      name: 'room-unknown',
      comment: 'A new room needs its line in the table.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/${oneOf([...roomNames, ...Object.keys(shells), 'testing'])}/` },
      to: {},
    },
    {
      name: 'model-alone',
      comment: 'The vocabulary imports no package and no part of Node.',
      severity: 'error',
      from: { path: '^src/model/', pathNot: TEST },
      to: { pathNot: '^src/' },
    },
    {
      name: 'adapters-apart',
      comment: 'The adapters of one service do not import those of another; what they share is in adapters/shared.',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/', pathNot: TEST },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/($1|shared)/' },
    },
    {
      name: 'server-late',
      comment: 'The CLI loads the server only when asked for it.',
      severity: 'error',
      from: { path: '^src/cli/', pathNot: TEST },
      to: { path: '^src/server/', dynamic: false },
    },
    {
      name: 'outside-world',
      comment: 'Only io, cli and server touch the disk, the network, processes and the machine.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(io|cli|server)/', ...TEST] },
      to: { dependencyTypes: ['core'], path: OUTSIDE_WORLD },
    },
    {
      name: 'modules-by-the-front-door',
      comment: 'The CDKTF modules use the library as anybody does.',
      severity: 'error',
      from: { path: '^modules/', pathNot: TEST },
      to: { path: '^src/', pathNot: '^src/index\\.ts$' },
    },
    {
      name: 'modules-one-seam',
      comment:
        'Only framework.ts names the framework, so that one source serves both; peers.ts asks whether it is there.',
      severity: 'error',
      from: { path: '^modules/src/', pathNot: ['^modules/src/framework\\.ts$', ...TEST] },
      to: { path: '(^|/)(@?cdktf|@?cdktn|constructs)(/|$)' },
    },
    {
      name: 'library-packages',
      comment:
        'The library is installed without devDependencies. The shells, with io and report for them, are bundled.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(cli|server|io|report)/', ...TEST] },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'no-undeclared-package',
      comment: 'Every package that is imported stands in package.json.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-import-of-tests',
      comment: 'Only tests import tests and what is in src/testing.',
      severity: 'error',
      from: { pathNot: TEST },
      to: { path: TEST },
    },
    {
      name: 'no-cycles',
      comment: 'Neither of values nor of types.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that leads nowhere is judged by no other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    // What `modules` imports may stand in either package.json: its code is published with this one.
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
