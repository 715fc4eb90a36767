import { subjectKinds } from '../model/judgement.ts';
import { type Format, allFormats, formats, formatsOf as formatsOfView } from '../report/index.ts';
import { testFormats } from '../report/testing/index.ts';

export const commands = {
  check: 'judge plans; the word check may be left out',
  matrix: 'print the table of settings: which ways in each database and proxy offers',
  graph: 'draw who logs in where, and what works: for Mermaid, Graphviz, or as a picture',
  diff: 'say what is different between two plans or states, and whether it is worse',
  explain: 'say more of a connection, finding, policy, leg or path',
  model: 'print what was read, as JSON for other programs',
  policies: 'list, show or search the policies, or make a new one',
  test: 'run the cases of policies',
  init: 'write a configuration, and a file for the build runner of this repository',
} as const;
export type Command = keyof typeof commands;

/** The formats that each command writes, the usual one first. */
export const formatsOf: Readonly<Record<Command, readonly Format[]>> = {
  ...formatsOfView,
  diff: ['pretty', 'json', 'markdown'],
  explain: ['pretty', 'json'],
  model: ['json', 'opa'],
  policies: ['pretty', 'json'],
  test: testFormats,
  init: ['pretty', 'json'],
};

/** What `policies` does; to list is the usual thing. */
export const policyActions = ['list', 'show', 'search', 'new'] as const;

/** Yargs' own: prints a script for the shell. */
export const completionCommand = 'completion';

/** Has options of its own, which `serve --help` prints. */
export const serveCommand = 'serve';

export type Option = {
  readonly type: 'string' | 'boolean';
  readonly describe: string;
  readonly group: 'Input:' | 'Policies:' | 'Tests:' | 'Output:' | 'Other:';
  readonly short?: string;
  /** May be given several times. */
  readonly multiple?: true;
  readonly choices?: readonly string[];
  /** Without meaning for the other commands. */
  readonly only?: readonly Command[];
};

const judging: readonly Command[] = ['check', 'diff'];
const reporting: readonly Command[] = ['check', 'matrix', 'graph'];
const reading: readonly Command[] = ['check', 'matrix', 'graph', 'diff', 'explain', 'model'];
const configured: readonly Command[] = [...reading, 'policies'];
const running: readonly Command[] = [...reading, 'test'];

const options = {
  context: {
    type: 'string',
    multiple: true,
    only: reading,
    group: 'Input:',
    describe: 'FILE or GLOB: plans and states that complete the picture and are not judged themselves (repeatable)',
  },
  source: {
    type: 'string',
    only: reading,
    group: 'Input:',
    describe: 'DIR: the configuration of the plan; by default one that is found beside it, where it is the same',
  },
  'no-source': {
    type: 'boolean',
    only: reading,
    group: 'Input:',
    describe: 'read no configuration, neither beside a plan nor in a binary one',
  },
  var: {
    type: 'string',
    multiple: true,
    only: reading,
    group: 'Input:',
    describe: 'NAME=VALUE: a variable of the configuration, as for terraform plan (repeatable)',
  },
  'var-file': {
    type: 'string',
    multiple: true,
    only: reading,
    group: 'Input:',
    describe: 'FILE: values of variables, as for terraform plan; --var is stronger (repeatable)',
  },
  'terraform-bin': {
    type: 'string',
    only: reading,
    group: 'Input:',
    describe: 'PATH: the program that shows binary plans; by default terraform or tofu, whichever made them',
  },
  workspace: {
    type: 'string',
    only: reading,
    group: 'Input:',
    describe: 'NAME: the workspace of Terraform, where TF_WORKSPACE does not say it',
  },
  config: {
    type: 'string',
    only: configured,
    group: 'Policies:',
    describe: 'FILE: the configuration; by default rds-auth-policy.yaml at the root of the repository',
  },
  'config-only': {
    type: 'string',
    only: configured,
    group: 'Policies:',
    describe: 'FILE: this configuration, and nothing that the judged tree says about policies',
  },
  policies: {
    type: 'string',
    multiple: true,
    only: ['check', 'diff', 'explain', 'policies'],
    group: 'Policies:',
    describe:
      'DIR: load your own policies from the policy.yaml files in it and below, or in a .tgz of npm pack (repeatable)',
  },
  set: {
    type: 'string',
    multiple: true,
    only: ['check', 'diff', 'policies'],
    group: 'Policies:',
    describe: 'NAME: use the policies of these sets; by default of those that are on (repeatable, or with commas)',
  },
  only: {
    type: 'string',
    multiple: true,
    only: judging,
    group: 'Policies:',
    describe: 'ID: use these policies and no others (repeatable, or with commas)',
  },
  skip: {
    type: 'string',
    multiple: true,
    only: judging,
    group: 'Policies:',
    describe: 'ID: leave these policies out (repeatable, or with commas)',
  },
  'no-waivers': {
    type: 'boolean',
    only: ['check', 'diff', 'explain'],
    group: 'Policies:',
    describe: 'judge as if there were no waivers, neither in a configuration nor in comments',
  },
  baseline: {
    type: 'string',
    only: ['check'],
    group: 'Policies:',
    describe: 'FILE: findings that it holds do not fail the run, new ones do',
  },
  'write-baseline': {
    type: 'string',
    only: ['check'],
    group: 'Policies:',
    describe: 'FILE: write all findings of now to it as a baseline, and judge by it',
  },
  unknown: {
    type: 'string',
    only: ['check'],
    group: 'Policies:',
    choices: ['report', 'fail'],
    describe: 'report (default) or fail: what becomes of a run with undecided mandatory policies',
  },
  subject: {
    type: 'string',
    only: ['policies'],
    group: 'Policies:',
    choices: subjectKinds,
    describe: 'KIND: what a new policy judges; proxy (default), database, grant, client and so on',
  },
  'dry-run': {
    type: 'boolean',
    only: ['init'],
    group: 'Output:',
    describe: 'say what would be written, and write nothing',
  },
  run: {
    type: 'string',
    only: ['test'],
    group: 'Tests:',
    describe: 'REGEX: run the cases whose policy/name it matches, and no others',
  },
  coverage: {
    type: 'boolean',
    only: ['test'],
    group: 'Tests:',
    describe: 'say which outcomes of which policies have no case',
  },
  threshold: {
    type: 'string',
    only: ['test'],
    group: 'Tests:',
    describe: 'PERCENT: fail where fewer outcomes have a case',
  },
  format: {
    type: 'string',
    group: 'Output:',
    choices: allFormats,
    describe: `what is printed: pretty (default), ${formats.slice(1, -1).join(', ')} or ${formats.at(-1)}; of graph: mermaid (default), dot or svg; of model: json (default) or opa`,
  },
  output: {
    type: 'string',
    multiple: true,
    only: reporting,
    group: 'Output:',
    describe: 'FORMAT=FILE, such as sarif=report.sarif: write the report to a file as well (repeatable)',
  },
  quiet: {
    type: 'boolean',
    short: 'q',
    only: running,
    group: 'Output:',
    describe: 'the verdict and what is wrong, nothing else',
  },
  verbose: {
    type: 'boolean',
    short: 'v',
    only: running,
    group: 'Output:',
    describe: 'every leg of every way in, and every place',
  },
  color: { type: 'boolean', group: 'Output:', describe: 'use colours; by default only on a terminal' },
  'no-color': { type: 'boolean', group: 'Output:', describe: 'use none; NO_COLOR in the environment does the same' },
  help: { type: 'boolean', short: 'h', group: 'Other:', describe: 'print this' },
  version: { type: 'boolean', group: 'Other:', describe: 'print the version' },
} as const satisfies Readonly<Record<string, Option>>;

export type OptionName = keyof typeof options;

export const optionNames = Object.keys(options) as readonly OptionName[];

/** Every option: what reads a plain command line and what yargs makes of the rest both stand on this table. */
export const optionTable: Readonly<Record<OptionName, Option>> = options;

/** The values of one command line, whoever read it. */
export type Values = Readonly<Record<string, unknown>>;
