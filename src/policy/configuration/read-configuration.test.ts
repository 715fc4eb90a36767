import { describe, expect, test } from '@jest/globals';
import { loadPolicyConfiguration } from '../load-configuration.ts';

const path = 'rds-auth-policy.yaml';

const faultsOf = async (text: string): Promise<readonly string[]> => {
  const { configuration, diagnostics } = await loadPolicyConfiguration({ path, text });
  expect(configuration === null).toBe(diagnostics.length > 0);
  return diagnostics.map(({ origin, code, summary, severity }) => {
    expect(severity).toBe('error');
    expect(origin?.file).toBe(path);
    return `${origin?.line}:${origin?.column} ${code}: ${summary}`;
  });
};

const invalid = (place: string, summary: string): string => `${place} configuration-invalid: ${summary}`;
const unparsable = (place: string, summary: string): string => `${place} configuration-unparsable: ${summary}`;

describe('says with line and column what is wrong with', () => {
  test.each<[string, string, readonly string[]]>([
    ['a misspelt key', 'rule: []', [invalid('1:1', 'Unknown key rule; did you mean rules?')]],
    [
      'a misspelt key of a rule',
      'rules:\n  - policy: a\n    enforcment: off',
      [invalid('3:5', 'Unknown key enforcment; did you mean enforcement?')],
    ],
    [
      'a misspelt key that is required',
      'rules:\n  - polcy: a',
      [invalid('2:5', 'Unknown key polcy; did you mean policy?')],
    ],
    [
      'a misspelt key of a selector',
      'rules:\n  - policy: a\n    select: { tag: { a: b }, adress: x }',
      [
        invalid('3:15', 'Unknown key tag; did you mean tags?'),
        invalid('3:30', 'Unknown key adress; did you mean address?'),
      ],
    ],
    [
      'an empty selector',
      'rules:\n  - policy: a\n    select: {}',
      [invalid('3:13', 'rules[0].select must not be empty.')],
    ],
    ['no policy', 'rules:\n  - severity: high', [invalid('2:5', 'rules[0].policy is missing.')]],
    ['no policies', 'rules:\n  - policy: []', [invalid('2:13', 'rules[0].policy must not be empty.')]],
    [
      'another enforcement',
      'rules:\n  - { policy: a, enforcement: of }',
      [invalid('2:31', 'rules[0].enforcement must be one of advisory, mandatory, off; did you mean off?')],
    ],
    [
      'another severity',
      'rules:\n  - { policy: a, severity: hgih }',
      [invalid('2:28', 'rules[0].severity must be one of critical, high, medium, low, info; did you mean high?')],
    ],
    [
      'a tag that is no text',
      'rules:\n  - policy: a\n    select:\n      tags: { production: true, tier: [web, 1] }',
      [
        invalid('4:27', 'rules[0].select.tags.production must be text, or a list of texts: put quotes around them.'),
        invalid('4:45', 'rules[0].select.tags.tier[1] must be text: put quotes around it.'),
      ],
    ],
    [
      'a parameter that is a map',
      'rules:\n  - policy: a\n    parameters: { x: { y: 1 } }',
      [invalid('3:22', 'rules[0].parameters.x must be text, a number, true, false, or a list of texts.')],
    ],
    [
      'an engine that does not exist',
      'rules:\n  - policy: a\n    select: { engine: [mysql, postgresql, "aurora-*"] }',
      [invalid('3:31', 'There is no engine postgresql; did you mean postgres?')],
    ],
    ['a list in place of a map', '- sets', [invalid('1:1', 'A configuration must be a mapping of keys to values.')]],
    ['a text in place of a map', 'sets', [invalid('1:1', 'A configuration must be a mapping of keys to values.')]],
    ['a text in place of a list', 'context: a.json', [invalid('1:10', 'context must be a list.')]],
    ['sets that are none', 'sets: []', [invalid('1:7', 'sets must not be empty.')]],
    ['a set without a name', 'sets: [""]', [invalid('1:8', 'sets[0] must be some text.')]],
    ['a value that is missing', 'rules:', [invalid('1:7', 'rules must be a list.')]],
    [
      'a waiver without a reason and a day',
      'waivers:\n  - policy: a\n    address: b',
      [invalid('2:5', 'waivers[0].reason is missing.'), invalid('2:5', 'waivers[0].expires is missing.')],
    ],
    [
      'days that are none',
      [
        'waivers:',
        '  - { policy: a, address: b, reason: c, expires: 2027-02-30 }',
        '  - { policy: a, address: b, reason: c, expires: 2027-13-01 }',
        '  - { policy: a, address: b, reason: c, expires: 2028-02-29 }',
      ].join('\n'),
      [
        invalid('2:50', 'waivers[0].expires must be a day of the calendar, like 2027-03-31.'),
        invalid('3:50', 'waivers[1].expires must be a day of the calendar, like 2027-03-31.'),
      ],
    ],
    [
      'a day in another form',
      'waivers:\n  - { policy: a, address: b, reason: c, expires: 31.3.2027 }',
      [invalid('2:50', 'waivers[0].expires must be a day, like 2027-03-31.')],
    ],
    [
      'a user without a method',
      'users:\n  - { name: app, metod: iam }',
      [invalid('2:18', 'Unknown key metod; did you mean method?')],
    ],
    [
      'another leg',
      'assume:\n  - { leg: netwrok, reason: a }',
      [
        invalid(
          '2:12',
          'assume[0].leg must be one of grant, tls, listener, secret, proxy-role, target, network, database-user, engine; did you mean network?',
        ),
      ],
    ],
    [
      'another format of a file',
      'output:\n  files: { srif: a.sarif }',
      [invalid('2:12', 'Unknown key srif; did you mean sarif?')],
    ],
    [
      'a format whose exit code is another',
      'output: { format: atlantis }',
      [
        invalid(
          '1:19',
          'output.format must be one of pretty, json, markdown, sarif, junit, github, gitlab-codequality, azuredevops, html.',
        ),
      ],
    ],
    [
      'a switch that is a text',
      'output: { verbose: "yes" }',
      [invalid('1:20', 'output.verbose must be true or false.')],
    ],
    ['a key given twice', 'sets: [a]\nsets: [b]', [unparsable('2:1', 'This is not YAML: Map keys must be unique.')]],
    [
      'a key given twice in JSON',
      '{"sets": ["a"],\n "sets": ["b"]}',
      [unparsable('2:2', 'This is not YAML: Map keys must be unique.')],
    ],
    ['tabs', 'rules:\n\t- policy: a', [unparsable('2:1', 'This is not YAML: Tabs are not allowed as indentation.')]],
    [
      'anchors and aliases',
      'sets: &a [x]\ncontext: *a',
      [invalid('2:10', 'A configuration takes no YAML aliases: write the value out.')],
    ],
    [
      'several faults',
      'sets: 1\nrules:\n  - policy: a\n    severty: low\nusers:\n  - { name: a, method: ldap }',
      [
        invalid('1:7', 'sets must be a list.'),
        invalid('4:5', 'Unknown key severty; did you mean severity?'),
        invalid('6:24', 'users[0].method must be one of iam, password.'),
      ],
    ],
    [
      'two documents',
      'sets: [a]\n---\nsets: [b]\n',
      [unparsable('2:1', 'There is more than one YAML document in this file.')],
    ],
    ['a key like a prototype', '"__proto__": 1', [invalid('1:1', 'Unknown key __proto__.')]],
  ])('%s', async (_, text, faults) => {
    expect(await faultsOf(text)).toEqual(faults);
  });

  test('a bomb of aliases, at once', async () => {
    const levels = Array.from({ length: 30 }, (_, i) => `k${i}: &k${i} [${`*k${i - 1},`.repeat(9)}]`);
    const started = performance.now();
    expect((await faultsOf(`k: &k-1 [x]\n${levels.join('\n')}`)).length).toBeGreaterThan(30);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test.each([
    '['.repeat(100_000),
    `${'{"a":'.repeat(50_000)}1`,
    '- '.repeat(50_000),
    `[${'a: '.repeat(10_000)}]`,
    `${'{"a":'.repeat(101)}1${'}'.repeat(101)}`,
  ])('nesting without end', async (text) => {
    expect(await faultsOf(text)).toEqual([unparsable('1:1', 'This is nested more than 100 levels deep.')]);
  });
});

test('no value of an unknown key is said', async () => {
  const faults = await faultsOf('password: canary-in-the-configuration\nsets: canary-in-sets');
  expect(faults).toHaveLength(2);
  expect(faults.join()).not.toContain('canary');
});

test.each([
  ['', 'nothing'],
  ['# nothing yet\n', 'comments alone'],
  ['---\n', 'the beginning of a document'],
  ['{}', 'an empty map'],
  ['$schema: https://example.com/schema.json', 'a schema for editors'],
])('%j says nothing: %s', async (text) => {
  const { configuration, diagnostics } = await loadPolicyConfiguration({ path, text });
  expect(diagnostics).toEqual([]);
  expect(configuration).toEqual({
    path,
    hash: null,
    ignoreTree: false,
    sets: null,
    rules: [],
    waivers: [],
    context: [],
    users: [],
    assume: [],
    policies: [],
    output: { files: [] },
  });
});

const whole = `
sets: [reachability]
rules:
  - policy: [a, "b-*"]
    enforcement: off
    severity: low
    parameters: { most: 3, names: [x, y] }
    select:
      address: "module.prod.**"
      module: [module.a, module.b]
      tags: { environment: prod, "a/b": [c, d] }
      engine: mysql
      workspace: prod
  - policy: c
waivers:
  - policy: d
    address: "x.y"
    user: app
    reason: Because.
    expires: 2027-03-31
    owner: me
context: [network.json]
users:
  - { name: app, database: "x.*", method: iam }
assume:
  - { leg: network, path: iam-rds, proxy: "a.b", reason: So it is. }
policies: [./policies]
output: { format: json, files: { sarif: report.sarif }, unknown: fail, verbose: true }
`;

test('a whole file, with the places of what it names', async () => {
  const { configuration } = await loadPolicyConfiguration({ path, text: whole, hash: 'sha256:00', ignoreTree: true });
  const at = (line: number, column: number) => ({ file: path, line, column });
  expect(configuration).toEqual({
    path,
    hash: 'sha256:00',
    ignoreTree: true,
    sets: [{ name: 'reachability', place: at(2, 8) }],
    rules: [
      {
        policies: [
          { name: 'a', place: at(4, 14) },
          { name: 'b-*', place: at(4, 17) },
        ],
        enforcement: 'off',
        severity: 'low',
        parameters: new Map<string, unknown>([
          ['most', { value: 3, place: at(7, 25) }],
          ['names', { value: ['x', 'y'], place: at(7, 35) }],
        ]),
        select: {
          address: ['module.prod.**'],
          module: ['module.a', 'module.b'],
          tags: new Map([
            ['environment', ['prod']],
            ['a/b', ['c', 'd']],
          ]),
          engine: [{ name: 'mysql', place: at(12, 15) }],
          workspace: ['prod'],
        },
        place: at(4, 5),
      },
      { policies: [{ name: 'c', place: at(14, 13) }], parameters: new Map(), select: null, place: at(14, 5) },
    ],
    waivers: [
      {
        kind: 'configuration',
        policy: 'd',
        address: 'x.y',
        user: 'app',
        reason: 'Because.',
        expires: '2027-03-31',
        owner: 'me',
        origin: at(16, 5),
      },
    ],
    context: [{ name: 'network.json', place: at(22, 11) }],
    users: [{ name: 'app', database: 'x.*', method: 'iam', place: at(24, 5) }],
    assume: [
      {
        leg: 'network',
        path: 'iam-rds',
        database: null,
        proxy: 'a.b',
        principal: null,
        user: null,
        reason: 'So it is.',
        place: at(26, 5),
      },
    ],
    policies: [{ name: './policies', place: at(27, 12) }],
    output: {
      format: { name: 'json', place: at(28, 19) },
      files: [{ format: 'sarif', file: { name: 'report.sarif', place: at(28, 41) } }],
      unknown: 'fail',
      verbose: true,
    },
  });
});

test('the same in JSON, with tabs', async () => {
  const text = '{\n\t"sets": [\n\t\t"reachability"\n\t],\n\t"output": {\n\t\t"unknown": "fail"\n\t}\n}\n';
  const { configuration, diagnostics } = await loadPolicyConfiguration({ path: 'rds-auth-policy.json', text });
  expect(diagnostics).toEqual([]);
  expect(configuration?.sets?.map(({ name }) => name)).toEqual(['reachability']);
  expect(configuration?.output.unknown).toBe('fail');
});
