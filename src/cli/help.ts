import yargs, { type Argv } from 'yargs';
import { completeWords } from './complete-words.ts';
import {
  type Command,
  type OptionName,
  commands,
  completionCommand,
  formatsOf,
  optionNames,
  optionTable,
  serveCommand,
} from './options.ts';

const program = 'rds-auth-policy';

type CommandHelp = {
  readonly usage: string;
  /** What its words mean, in paragraphs. */
  readonly words: readonly string[];
  readonly examples: readonly string[];
  readonly exitCodes: readonly string[];
};

const forms =
  'a file written by terraform show -json, of a plan or a state, or - for standard input; a plan as terraform plan -out saves it; or a directory of configuration.';

const plans = `PLAN is ${forms} Of several PLANs each is judged, and the others complete its picture.`;

const subject =
  'SUBJECT is the id of a connection or finding of the PLAN (or its beginning), or, without a PLAN, the id or an alias of a policy, or the name of a leg or path.';

const answered = ['  0  it is printed', '  2  no answer: wrong usage, input that cannot be read'];

const helps: Readonly<Record<Command, CommandHelp>> = {
  check: {
    usage: '[check] PLAN...',
    words: [plans],
    examples: [
      'terraform plan -out=tfplan && terraform show -json tfplan > plan.json',
      'rds-auth-policy plan.json',
      'terraform show -json tfplan | rds-auth-policy -',
      'rds-auth-policy tfplan',
      'rds-auth-policy infra/prod --var-file prod.tfvars',
      'rds-auth-policy plan.json --source infra/prod',
      'rds-auth-policy plan.json --context network.json --context "secrets/*.json"',
      'rds-auth-policy plan.json --output json=report.json --unknown=fail',
      'rds-auth-policy plan.json --write-baseline baseline.json',
      'rds-auth-policy plan.json --baseline baseline.json',
      'rds-auth-policy orders.json billing.json --format json',
      'rds-auth-policy plan.json --format github --output sarif=report.sarif --output junit=report.xml',
    ],
    exitCodes: [
      '  0  no mandatory policy fails; also where there is no database and no proxy',
      '  1  at least one fails, or is undecided with --unknown=fail',
      '     (0 with --format atlantis, which says it in its text)',
      '  2  no answer: wrong usage, input that cannot be read, an invalid policy',
    ],
  },
  matrix: {
    usage: 'matrix PLAN...',
    words: [plans],
    examples: ['rds-auth-policy matrix plan.json'],
    exitCodes: answered,
  },
  graph: {
    usage: 'graph PLAN...',
    words: [plans],
    examples: ['rds-auth-policy graph plan.json --format svg > ways-in.svg'],
    exitCodes: answered,
  },
  diff: {
    usage: 'diff BEFORE AFTER',
    words: [`BEFORE and AFTER are each ${forms}`],
    examples: ['rds-auth-policy diff before.json after.json'],
    exitCodes: ['  0  AFTER is no worse', '  1  AFTER is worse', answered[1] ?? ''],
  },
  explain: {
    usage: 'explain SUBJECT [PLAN...]',
    words: [subject, plans],
    examples: ['rds-auth-policy explain iam-proxy-rds plan.json', 'rds-auth-policy explain B01'],
    exitCodes: answered,
  },
  model: {
    usage: 'model PLAN...',
    words: [plans],
    examples: ['rds-auth-policy model plan.json > model.json'],
    exitCodes: answered,
  },
  policies: {
    usage: 'policies [list | show ID | search TERM | new ID]',
    words: ['ID is the id or an alias of a policy; TERM is looked for in all that a policy says.'],
    examples: ['rds-auth-policy policies search secret'],
    exitCodes: answered,
  },
  test: {
    usage: 'test [DIR...]',
    words: ['DIR holds policies with their cases, in it and below; by default the current directory.'],
    examples: ['rds-auth-policy test policies --coverage'],
    exitCodes: [
      '  0  every case has the outcome that it expects',
      '  1  one has not, or fewer outcomes have a case than --threshold wants',
      answered[1] ?? '',
    ],
  },
  init: {
    usage: 'init [DIR]',
    words: ['DIR is what is looked at; by default the repository that the current directory is in.'],
    examples: ['rds-auth-policy init --dry-run'],
    exitCodes: ['  0  it is written, or was there', '  2  wrong usage, or it cannot be written'],
  },
};

const whole: CommandHelp = {
  usage: '',
  words: [
    'Says from a Terraform plan whether clients can log in to Amazon RDS, directly and through RDS Proxy, and what to write where they cannot.',
    plans,
    subject,
  ],
  examples: Object.values(helps).flatMap(({ examples }) => examples),
  exitCodes: [
    '  0  no mandatory policy fails; also where there is no database and no proxy',
    '  1  at least one fails, or is undecided with --unknown=fail; of diff: AFTER is worse',
    '     (0 with --format atlantis, which says it in its text)',
    '  2  no answer: wrong usage, input that cannot be read, an invalid policy',
  ],
};

/** What yargs reads by, with the help for all commands. */
export const buildParser = (argv: readonly string[], width: number): Argv => {
  const usages = [...Object.values(helps).map(({ usage }) => usage), `${serveCommand} --state-dir DIR`];
  const parser = dressed(argv, width, { ...whole, usage: usages.join('\n$0 ') });
  parser.completion(
    completionCommand,
    'print a script that completes command lines in bash, or in zsh where that is your SHELL',
    completeWords,
  );
  for (const [command, description] of Object.entries(commands)) parser.command(command, description);
  parser.command(serveCommand, 'answer run tasks of HCP Terraform and Terraform Enterprise');
  for (const name of optionNames) addOption(parser, name, optionTable[name].describe);
  return parser;
};

/** The help of one command, or of all. */
export const helpText = async (command: Command | null, width: number): Promise<string> => {
  const parser = command === null ? buildParser([], width) : buildFor(command, width);
  // Types say nothing that the descriptions do not.
  return `${(await parser.getHelp()).replaceAll(/\s*\[(?:string|boolean)\]/g, '').trimEnd()}\n`;
};

const buildFor = (command: Command, width: number): Argv => {
  const parser = dressed([], width, { ...helps[command], words: [sentenceOf(command), ...helps[command].words] });
  for (const name of optionNames) {
    const { only, describe } = optionTable[name];
    if (only === undefined || only.includes(command))
      addOption(parser, name, name === 'format' ? formatsFor(command) : describe);
  }
  return parser;
};

const sentenceOf = (command: Command): string => {
  const text: string = commands[command];
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
};

const formatsFor = (command: Command): string => {
  const [usual = '', ...others] = formatsOf[command];
  const last = others.at(-1) ?? '';
  return `what is printed: ${[`${usual} (default)`, ...others.slice(0, -1)].join(', ')} or ${last}`;
};

const dressed = (argv: readonly string[], width: number, { usage, words, examples, exitCodes }: CommandHelp): Argv =>
  yargs([...argv])
    .scriptName(program)
    .locale('en')
    // Each word as it is written: options have the names of the table, and files may be called 007 or a.b.
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .exitProcess(false)
    .help(false)
    .version(false)
    .usage([`$0 ${usage}`, ...words].join('\n\n'))
    .epilogue(['Examples:', ...examples.map((line) => `  ${line}`), '', 'Exit code:', ...exitCodes].join('\n'))
    .wrap(width);

const addOption = (parser: Argv, name: OptionName, describe: string): void => {
  const { type, group, short } = optionTable[name];
  parser.option(name, { type, describe, group, ...(short === undefined ? {} : { alias: short }) });
};
