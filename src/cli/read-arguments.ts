import yargs, { type Argv } from 'yargs';
import { didYouMean } from '../model/suggest.ts';
import { completeWords } from './complete-words.ts';
import { type Arguments, interpret, splitCommand } from './invocation.ts';
import { commands, completionCommand, optionNames, optionTable, serveCommand } from './options.ts';

const program = 'rds-auth-policy';
const widestHelp = 100;

/** Reads any command line: also what asks for help or completion, and what is wrong. */
export const readArguments = async (argv: readonly string[], columns: number): Promise<Arguments> => {
  const mistakes: string[] = [];
  const width = Math.min(columns, widestHelp);
  const parser = build(argv, width).fail((message) => {
    mistakes.push(message);
  });
  const parsed = await parser.parseAsync();
  const unknown = unknownOptions(parsed);
  if (isCompletion(argv)) return { kind: 'help', text: '' };
  if (unknown[0] !== undefined) return { kind: 'mistake', message: unknown[0] };
  if (parsed['help'] === true) return { kind: 'help', text: await helpText(width) };
  if (parsed['version'] === true) return { kind: 'version' };
  if (mistakes[0] !== undefined) return { kind: 'mistake', message: mistakes[0] };
  return interpret(...splitCommand(parsed._.map(String)), parsed);
};

const build = (argv: readonly string[], width: number): Argv => {
  const parser = yargs([...argv])
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
    .completion(
      completionCommand,
      'print a script that completes command lines in bash, or in zsh where that is your SHELL',
      completeWords,
    )
    .usage(usage)
    .epilogue(epilogue)
    .wrap(width);
  for (const [command, description] of Object.entries(commands)) parser.command(command, description);
  parser.command(serveCommand, 'answer run tasks of HCP Terraform and Terraform Enterprise');
  for (const name of optionNames) {
    const { type, describe, group, short } = optionTable[name];
    parser.option(name, {
      type,
      describe,
      group,
      ...(short === undefined ? {} : { alias: short }),
    });
  }
  return parser;
};

const usage = [
  '$0 [check] PLAN...',
  '$0 matrix PLAN...',
  '$0 graph PLAN...',
  '$0 diff BEFORE AFTER',
  '$0 explain SUBJECT [PLAN...]',
  '$0 model PLAN...',
  '$0 policies [list | show ID | search TERM | new ID]',
  '$0 test [DIR...]',
  '$0 serve --state-dir DIR',
  '$0 init [DIR]',
  '',
  'Says from a Terraform plan whether clients can log in to Amazon RDS, directly and through RDS Proxy, and what to write where they cannot.',
  '',
  'PLAN is a file written by terraform show -json, of a plan or a state, or - for standard input; a plan as terraform plan -out saves it; or a directory of configuration. Of several PLANs each is judged, and the others complete its picture.',
  '',
  'SUBJECT is the id of a connection or finding of the PLAN (or its beginning), or, without a PLAN, the id or an alias of a policy, or the name of a leg or path.',
].join('\n');

const epilogue = [
  'Examples:',
  '  terraform plan -out=tfplan && terraform show -json tfplan > plan.json',
  '  rds-auth-policy plan.json',
  '  terraform show -json tfplan | rds-auth-policy -',
  '  rds-auth-policy tfplan',
  '  rds-auth-policy infra/prod --var-file prod.tfvars',
  '  rds-auth-policy plan.json --source infra/prod',
  '  rds-auth-policy plan.json --context network.json --context "secrets/*.json"',
  '  rds-auth-policy plan.json --output json=report.json --unknown=fail',
  '  rds-auth-policy plan.json --write-baseline baseline.json',
  '  rds-auth-policy plan.json --baseline baseline.json',
  '  rds-auth-policy orders.json billing.json --format json',
  '  rds-auth-policy plan.json --format github --output sarif=report.sarif --output junit=report.xml',
  '  rds-auth-policy matrix plan.json',
  '  rds-auth-policy graph plan.json --format svg > ways-in.svg',
  '  rds-auth-policy diff before.json after.json',
  '  rds-auth-policy explain iam-proxy-rds plan.json',
  '  rds-auth-policy explain B01',
  '  rds-auth-policy model plan.json > model.json',
  '  rds-auth-policy policies search secret',
  '  rds-auth-policy test policies --coverage',
  '  rds-auth-policy init --dry-run',
  '',
  'Exit code:',
  '  0  no mandatory policy fails; also where there is no database and no proxy',
  '  1  at least one fails, or is undecided with --unknown=fail; of diff: AFTER is worse',
  '     (0 with --format atlantis, which says it in its text)',
  '  2  no answer: wrong usage, input that cannot be read, an invalid policy',
].join('\n');

const known: ReadonlySet<string> = new Set(optionNames);

/** A sentence for each option that does not exist, with the one that was probably meant. */
const unknownOptions = (parsed: Readonly<Record<string, unknown>>): readonly string[] => {
  const shorts = optionNames.flatMap((name) => optionTable[name].short ?? []);
  return Object.keys(parsed)
    .filter((key) => !known.has(key) && !shorts.includes(key) && key !== '_' && key !== '$0')
    .map((key) => `There is no option ${dashed(key)}${didYouMean(key, known).replace('mean ', 'mean --')}`);
};

const dashed = (key: string): string => (key.length === 1 ? `-${key}` : `--${key}`);

const isCompletion = (argv: readonly string[]): boolean =>
  argv[0] === completionCommand || argv.includes('--get-yargs-completions');

/** The whole help, whatever command was named. Types say nothing that the descriptions do not. */
const helpText = async (width: number): Promise<string> => {
  const help = await build([], width).getHelp();
  return `${help.replaceAll(/\s+\[(?:string|boolean)\]/g, '').trimEnd()}\n`;
};
