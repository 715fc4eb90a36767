import { describe, expect, test } from '@jest/globals';
import { formats } from '../report/index.ts';
import { type Command, commands, formatsOf, optionNames, optionTable } from './options.ts';
import { readArguments } from './read-arguments.ts';
import { readPlainArguments } from './read-plain-arguments.ts';

const words = (line: string): readonly string[] => (line === '' ? [] : line.split(' '));
const read = (line: string) => readArguments(words(line), 80);

const oneOf = (choices: readonly string[]): string => `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;

const noChoice = {
  directory: undefined,
  isRefused: false,
  variables: new Map(),
  variableFiles: [],
  binary: undefined,
  workspace: undefined,
};

const nothing = {
  command: 'check',
  words: [],
  plans: ['p.json'],
  context: [],
  source: noChoice,
  config: undefined,
  configOnly: undefined,
  configuration: null,
  given: expect.any(Set),
  policies: [],
  sets: [],
  only: [],
  skip: [],
  waivers: true,
  baseline: undefined,
  newBaseline: undefined,
  unknown: 'report',
  subject: undefined,
  testing: { run: null, coverage: false, threshold: null },
  dryRun: false,
  format: 'pretty',
  outputs: [],
  quiet: false,
  verbose: false,
  color: undefined,
};

describe('plain command lines are read alike with yargs and without', () => {
  test.each<[string, object]>([
    ['p.json', {}],
    ['check p.json', {}],
    ['matrix p.json', { command: 'matrix' }],
    ['--quiet matrix p.json', { command: 'matrix', quiet: true }],
    ['p.json check', { plans: ['p.json', 'check'] }],
    ['./check', { plans: ['./check'] }],
    ['a.json b.json -', { plans: ['a.json', 'b.json', '-'] }],
    ['007 1e3 a.b --', { plans: ['007', '1e3', 'a.b'] }],
    ['-- --p.json', { plans: ['--p.json'] }],
    ['p.json --format json', { format: 'json' }],
    ['--format=json p.json', { format: 'json' }],
    ['p.json --format markdown', { format: 'markdown' }],
    ['matrix p.json --format markdown', { command: 'matrix', format: 'markdown' }],
    ['p.json --output sarif=a.sarif', { outputs: [{ format: 'sarif', path: 'a.sarif' }] }],
    ['p.json --format json --format pretty', { format: 'pretty' }],
    [
      'p.json --output json=a=b.json --output=pretty=c',
      {
        outputs: [
          { format: 'json', path: 'a=b.json' },
          { format: 'pretty', path: 'c' },
        ],
      },
    ],
    ['--output json=r p.json', { outputs: [{ format: 'json', path: 'r' }] }],
    ['p.json --policies a --policies b', { policies: ['a', 'b'] }],
    ['p.json --set a,b --set c', { sets: ['a', 'b', 'c'] }],
    ['p.json --only a,b --skip c --skip d', { only: ['a', 'b'], skip: ['c', 'd'] }],
    ['p.json --baseline b.json', { baseline: 'b.json' }],
    ['p.json --write-baseline=b.json', { newBaseline: 'b.json' }],
    ['explain B01 --no-waivers', { command: 'explain', words: ['B01'], plans: [], waivers: false }],
    ['p.json --unknown=fail', { unknown: 'fail', given: new Set(['unknown']) }],
    ['p.json --config a --config b', { config: 'b', given: new Set(['config']) }],
    ['p.json --config-only=a', { configOnly: 'a' }],
    ['p.json --workspace prod', { source: { ...noChoice, workspace: 'prod' } }],
    ['p.json --context a.json --context *.json', { context: ['a.json', '*.json'] }],
    ['p.json --context 1', { context: ['1'] }],
    ['p.json --no-source', { source: { ...noChoice, isRefused: true } }],
    ['p.json --source infra', { source: { ...noChoice, directory: 'infra' } }],
    ['matrix --source=a --source b p.json', { command: 'matrix', source: { ...noChoice, directory: 'b' } }],
    ['p.json --terraform-bin /opt/tofu', { source: { ...noChoice, binary: '/opt/tofu' } }],
    ['p.json --var-file a --var-file b,c', { source: { ...noChoice, variableFiles: ['a', 'b,c'] } }],
    [
      'p.json --var a=1 --var=b=x=,,y --var c= --var a=2 --var d.e=["f"]',
      {
        source: {
          ...noChoice,
          variables: new Map([
            ['a', '2'],
            ['b', 'x=,,y'],
            ['c', ''],
            ['d.e', '["f"]'],
          ]),
        },
      },
    ],
    ['-qv p.json', { quiet: true, verbose: true }],
    ['p.json --color', { color: true }],
    ['p.json --no-color', { color: false }],
    ['p.json --color --no-color', { color: false }],
    ['explain B01', { command: 'explain', words: ['B01'], plans: [] }],
    ['explain ab12 p.json q.json', { command: 'explain', words: ['ab12'], plans: ['p.json', 'q.json'] }],
    ['explain tls p.json --format json', { command: 'explain', words: ['tls'], format: 'json' }],
    ['explain 1234 p.json', { command: 'explain', words: ['1234'] }],
    ['model p.json', { command: 'model', format: 'json' }],
    ['model p.json --format json', { command: 'model', format: 'json' }],
    ['policies', { command: 'policies', plans: [] }],
    [
      'test a b --run ^x/ --coverage --threshold 90',
      { command: 'test', words: ['a', 'b'], plans: [], testing: { run: /^x\//u, coverage: true, threshold: 90 } },
    ],
    ['policies search a b --set c', { command: 'policies', words: ['search', 'a', 'b'], plans: [], sets: ['c'] }],
  ])('%s', async (line, expected) => {
    const run = { kind: 'run', invocation: { ...nothing, ...expected } };
    expect(readPlainArguments(words(line))).toEqual(run);
    expect(await read(line)).toEqual(run);
  });

  test('--version', async () => {
    expect(readPlainArguments(['--version'])).toEqual({ kind: 'version' });
    expect(await read('--version')).toEqual({ kind: 'version' });
  });
});

describe('mistakes', () => {
  test.each([
    ['', 'There is no PLAN: give a plan, the directory of a configuration, or - for standard input.'],
    ['matrix', 'There is no PLAN: give a plan, the directory of a configuration, or - for standard input.'],
    ['p.json --formt json', 'There is no option --formt; did you mean --format?'],
    ['p.json --polices a', 'There is no option --polices; did you mean --policies?'],
    ['p.json --something-else', 'There is no option --something-else.'],
    ['p.json -x', 'There is no option -x.'],
    ['--state-dir d serve', 'serve is the first word, and its options follow: rds-auth-policy serve --state-dir DIR.'],
    ['p.json --no-quiet', 'There is no option --no-quiet.'],
    ['p.json --format xml', `The option --format takes ${oneOf(formats)}.`],
    ['p.json --format', 'The option --format needs a value.'],
    ['p.json --only=', 'The option --only needs a value.'],
    ['p.json --skip a,,b', 'The option --skip needs a value.'],
    ['p.json --var canary', 'The option --var takes NAME=VALUE.'],
    ['p.json --var =canary', 'The option --var takes NAME=VALUE.'],
    ['p.json --var a=1 --var b', 'The option --var takes NAME=VALUE.'],
    ['p.json --var=', 'The option --var needs a value.'],
    ['p.json --var-file=', 'The option --var-file needs a value.'],
    ['p.json --source=', 'The option --source needs a value.'],
    ['p.json --no-source --source a', 'The options --source and --no-source contradict each other.'],
    ['policies --source a', 'The option --source has no meaning for policies.'],
    ['p.json --baseline=', 'The option --baseline needs a value.'],
    ['p.json --baseline a --write-baseline b', 'The options --baseline and --write-baseline contradict each other.'],
    ['p.json q.json --baseline a', 'The option --baseline is for one PLAN: addresses of several may be the same.'],
    [
      'p.json q.json --write-baseline a',
      'The option --write-baseline is for one PLAN: addresses of several may be the same.',
    ],
    ['p.json --write-baseline ./p.json', 'The option --write-baseline would overwrite the PLAN ./p.json.'],
    ['p.json --write-baseline=-', 'The option --write-baseline takes a file.'],
    ['p.json --write-baseline a --output json=./a', 'The options --output and --write-baseline both name a.'],
    ['matrix p.json --baseline a', 'The option --baseline has no meaning for matrix.'],
    ['p.json --unknown=maybe', 'The option --unknown takes report or fail.'],
    ['p.json --output report.json', `The option --output takes ${oneOf(formats.map((format) => `${format}=FILE`))}.`],
    ['p.json --output json=', `The option --output takes ${oneOf(formats.map((format) => `${format}=FILE`))}.`],
    ['p.json --output json=-', `The option --output takes ${oneOf(formats.map((format) => `${format}=FILE`))}.`],
    ['p.json --output xml=a', `The option --output takes ${oneOf(formats.map((format) => `${format}=FILE`))}.`],
    ['p.json --output json=./p.json', 'The option --output would overwrite the PLAN ./p.json.'],
    ['p.json --output json=a --output pretty=./a', 'The option --output names ./a twice.'],
    ['p.json ./p.json', 'The PLAN ./p.json is given twice.'],
    ['- -', 'Standard input (-) is given twice.'],
    [
      'matrix p.json --format sarif',
      'The format sarif has no meaning for matrix, which takes pretty, json or markdown.',
    ],
    [
      'matrix p.json --output sarif=a',
      'The format sarif has no meaning for matrix, which takes pretty, json or markdown.',
    ],
    ['matrix p.json --only a', 'The option --only has no meaning for matrix.'],
    ['model', 'There is no PLAN: give a plan, the directory of a configuration, or - for standard input.'],
    ['model p.json --format pretty', 'The format pretty has no meaning for model, which takes json or opa.'],
    ['model p.json --set a', 'The option --set has no meaning for model.'],
    ['policies --context a', 'The option --context has no meaning for policies.'],
    [
      'explain',
      'There is nothing to explain: give the id of a connection, finding or policy, or the name of a leg or path.',
    ],
    ['explain tls p.json --output json=a', 'The option --output has no meaning for explain.'],
    ['explain tls --format xml', 'The option --format takes pretty or json.'],
    ['explain tls p.json ./p.json', 'The PLAN ./p.json is given twice.'],
  ])('%s', async (line, message) => {
    expect(readPlainArguments(words(line))).toBeNull();
    expect(await read(line)).toEqual({ kind: 'mistake', message });
  });
});

describe('help', () => {
  const help = async (line: string, columns = 80): Promise<string> => {
    const result = await readArguments(words(line), columns);
    return result.kind === 'help' ? result.text : '';
  };

  test.each(['--help', '-h', 'p.json --help'])('%s is for all commands', async (line) => {
    expect(readPlainArguments(words(line))).toBeNull();
    const text = await help(line);
    for (const command of [...Object.keys(commands), 'serve'])
      expect(text).toMatch(new RegExp(`^rds-auth-policy \\[?${command}`, 'm'));
  });

  test.each(Object.keys(formatsOf) as Command[])('%s --help has its options and no others', async (command) => {
    expect(readPlainArguments([command, 'p.json', '-h'])).toBeNull();
    const text = await help(`${command} --help`);
    const named = optionNames.filter((name) => new RegExp(`^ +(-\\w, )?--${name} `, 'm').test(text));
    expect(named).toEqual(optionNames.filter((name) => optionTable[name].only?.includes(command) ?? true));
    expect(text).toMatch(new RegExp(`^rds-auth-policy \\[?${command}`));
    expect(text).toContain('Examples:\n');
    for (const format of formatsOf[command]) expect(text.replaceAll(/\s+/g, ' ')).toContain(format);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(command === 'check' ? 92 : 80);
    expect(text).not.toMatch(/\[(?:string|boolean|array)\]/);
  });

  test.each([60, 80, 200])('fits into %d columns', async (columns) => {
    const text = await help('--help', columns);
    const longest = Math.max(...text.split('\n').map((line) => line.length));
    expect(longest).toBeLessThanOrEqual(Math.max(columns, 78));
  });

  test('says what each option and exit code means', async () => {
    const text = await help('--help');
    for (const command of ['check', 'matrix', 'explain', 'model', 'policies']) {
      expect(text.slice(text.indexOf('Examples:'))).toContain(
        `rds-auth-policy ${command === 'check' ? 'plan.json' : command}`,
      );
    }
    for (const part of [
      '--context',
      '--source',
      '--no-source',
      '--var',
      '--var-file',
      '--terraform-bin',
      '--unknown',
      '--output',
      'completion',
      'Examples:',
      'Exit code:',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/\[(?:string|boolean|array)\]/);
  });

  test('completion is left to yargs', () => {
    expect(readPlainArguments(['completion'])).toBeNull();
    expect(readPlainArguments(['--get-yargs-completions', 'rds-auth-policy', '--f'])).toBeNull();
  });
});
