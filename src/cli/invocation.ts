import { type Format, allFormats } from '../report/index.ts';
import { baselineFault } from './baseline-fault.ts';
import type { OutputFile, SourceChoice, TestChoice, UsedConfiguration } from './choices.ts';
import {
  type Command,
  type OptionName,
  type Values,
  commands,
  formatsOf,
  optionNames,
  optionTable,
} from './options.ts';
import { isSameFile, repeatedPlan } from './same-file.ts';
import { testChoice, testFault } from './testing/test-choice.ts';

/** A command line that makes sense. */
export type Invocation = {
  readonly command: Command;
  /** Of `explain` its SUBJECT, of `policies` and `test` everything; the other commands take nothing but plans. */
  readonly words: readonly string[];
  readonly plans: readonly string[];
  readonly context: readonly string[];
  /** What is said of the configuration. */
  readonly source: SourceChoice;
  /** Of --config. */
  readonly config: string | undefined;
  /** Of --config-only. */
  readonly configOnly: string | undefined;
  /** Null until it is looked for, and where there is none. */
  readonly configuration: UsedConfiguration | null;
  /** The options that the command line gives: they win over the configuration. */
  readonly given: ReadonlySet<OptionName>;
  readonly policies: readonly string[];
  readonly sets: readonly string[];
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** False with --no-waivers. */
  readonly waivers: boolean;
  /** Of --baseline, and of --write-baseline. */
  readonly baseline: string | undefined;
  readonly newBaseline: string | undefined;
  readonly unknown: 'report' | 'fail';
  /** Of --subject. */
  readonly subject: string | undefined;
  readonly testing: TestChoice;
  /** Of --dry-run. */
  readonly dryRun: boolean;
  readonly format: Format;
  readonly outputs: readonly OutputFile[];
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Undefined where nothing was said. */
  readonly color: boolean | undefined;
};

export type Arguments =
  | { readonly kind: 'run'; readonly invocation: Invocation }
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'mistake'; readonly message: string };

/** Takes the command off the rest. A plan that is called like a command is written `./check`. */
export const splitCommand = (words: readonly string[]): readonly [command: Command, rest: readonly string[]] => {
  const command = words[0];
  return isCommand(command) ? [command, words.slice(1)] : ['check', words];
};

const isCommand = (word: string | undefined): word is Command => word !== undefined && Object.hasOwn(commands, word);

/** What the values of a command line mean, or the first thing that is wrong with them. */
export const interpret = (command: Command, rest: readonly string[], values: Values): Arguments => {
  const [words, plans] = splitWords(command, rest);
  const list = (name: OptionName): readonly string[] => listOf(values[name]);
  const names = (name: OptionName): readonly string[] => list(name).flatMap((value) => value.split(','));
  const format = formatFor(command, list('format').at(-1));
  const message = missing(command, words, plans, format) ?? faultOf(command, plans, values);
  if (message !== undefined) return { kind: 'mistake', message };
  return {
    kind: 'run',
    invocation: {
      command,
      words,
      plans,
      context: list('context'),
      source: {
        directory: list('source').at(-1),
        isRefused: isOn(values['no-source']),
        variables: new Map(list('var').map(split)),
        variableFiles: list('var-file'),
        binary: list('terraform-bin').at(-1),
        workspace: list('workspace').at(-1),
      },
      config: list('config').at(-1),
      configOnly: list('config-only').at(-1),
      configuration: null,
      given: new Set(optionNames.filter((name) => values[name] !== undefined)),
      policies: list('policies'),
      sets: names('set'),
      only: names('only'),
      skip: names('skip'),
      waivers: !isOn(values['no-waivers']),
      baseline: list('baseline').at(-1),
      newBaseline: list('write-baseline').at(-1),
      unknown: list('unknown').at(-1) === 'fail' ? 'fail' : 'report',
      subject: list('subject').at(-1),
      testing: testChoice(list, isOn(values['coverage'])),
      dryRun: isOn(values['dry-run']),
      format,
      outputs: list('output').flatMap((written) => readOutput(written) ?? []),
      quiet: isOn(values['quiet']),
      verbose: isOn(values['verbose']),
      color: isOn(values['no-color']) ? false : isOn(values['color']) || undefined,
    },
  };
};

const splitWords = (
  command: Command,
  rest: readonly string[],
): readonly [words: readonly string[], plans: readonly string[]] => {
  const count = command === 'explain' ? 1 : takesNoPlan.has(command) ? rest.length : 0;
  return [rest.slice(0, count), rest.slice(count)];
};

const takesNoPlan: ReadonlySet<Command> = new Set(['policies', 'test', 'init']);

const formatFor = (command: Command, written: string | undefined): Format => {
  const offered = formatsOf[command];
  return offered.find((format) => format === written) ?? offered[0] ?? 'pretty';
};

const listOf = (value: unknown): readonly string[] => (value === undefined ? [] : [value].flat().map(String));

const isOn = (value: unknown): boolean => [value].flat().at(-1) === true;

const readOutput = (written: string): OutputFile | undefined => {
  const [format, path] = split(written);
  const known = allFormats.find((candidate) => candidate === format);
  return known === undefined || path === '' || path === '-' ? undefined : { format: known, path };
};

const split = (written: string): readonly [format: string, path: string] => {
  const equals = written.indexOf('=');
  return equals === -1 ? [written, ''] : [written.slice(0, equals), written.slice(equals + 1)];
};

const missing = (
  command: Command,
  words: readonly string[],
  plans: readonly string[],
  format: Format,
): string | undefined => {
  if (takesNoPlan.has(command) || (command === 'check' && format === 'atlantis')) return undefined;
  if (command === 'diff')
    return plans.length === 2 ? undefined : 'The command diff takes two PLANs: one before, and one after.';
  if (command !== 'explain')
    return plans.length > 0
      ? undefined
      : 'There is no PLAN: give a plan, the directory of a configuration, or - for standard input.';
  return words.length > 0 && words[0] !== ''
    ? undefined
    : 'There is nothing to explain: give the id of a connection, finding or policy, or the name of a leg or path.';
};

const faultOf = (command: Command, plans: readonly string[], values: Values): string | undefined => {
  const faults = optionNames.map((name) => optionFault(command, name, listOf(values[name])));
  return (
    faults.find((fault) => fault !== undefined) ??
    repeatedPlan(plans) ??
    sourceFault(values) ??
    testFault((name) => listOf(values[name])) ??
    outputFault(command, plans, listOf(values['output'])) ??
    baselineFault({
      plans,
      baseline: listOf(values['baseline']),
      newBaseline: listOf(values['write-baseline']),
      outputs: listOf(values['output']).flatMap((output) => readOutput(output)?.path ?? []),
    }) ??
    formatFault(command, values)
  );
};

const optionFault = (command: Command, name: OptionName, written: readonly string[]): string | undefined => {
  const { type, only } = optionTable[name];
  const choices = name === 'format' ? allFormats : optionTable[name].choices;
  if (written.length === 0) return undefined;
  if (only !== undefined && !only.includes(command)) return `The option --${name} has no meaning for ${command}.`;
  if (type === 'boolean') return undefined;
  const parts = commaLists.has(name) ? written.flatMap((value) => value.split(',')) : written;
  if (parts.includes('')) return `The option --${name} needs a value.`;
  const isOther = choices !== undefined && written.some((value) => !choices.includes(value));
  if (!isOther) return undefined;
  return `The option --${name} takes ${oneOf(name === 'format' ? formatsOf[command] : choices)}.`;
};

/** What takes several values in one, and none of them empty. */
const commaLists: ReadonlySet<OptionName> = new Set(['set', 'only', 'skip']);

const oneOf = (choices: readonly string[]): string =>
  choices.length < 2 ? choices.join() : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;

/** The value of a variable may be a secret: it is not said again. */
const sourceFault = (values: Values): string | undefined => {
  const hasName = (written: string): boolean => written.indexOf('=') > 0;
  if (!listOf(values['var']).every(hasName)) return 'The option --var takes NAME=VALUE.';
  if (values['config'] !== undefined && values['config-only'] !== undefined)
    return 'The options --config and --config-only contradict each other.';
  const isBoth = isOn(values['no-source']) && values['source'] !== undefined;
  return isBoth ? 'The options --source and --no-source contradict each other.' : undefined;
};

/** Not everything can be written in every format. */
const formatFault = (command: Command, values: Values): string | undefined => {
  const outputs = listOf(values['output']).flatMap((written) => readOutput(written)?.format ?? []);
  const wanted = [...listOf(values['format']).slice(-1), ...outputs];
  const refused = wanted.find((format) => formatsOf[command].every((offered) => offered !== format));
  return refused && `The format ${refused} has no meaning for ${command}, which takes ${oneOf(formatsOf[command])}.`;
};

const outputFault = (command: Command, plans: readonly string[], written: readonly string[]): string | undefined => {
  const outputs = written.map(readOutput);
  if (outputs.includes(undefined)) {
    return `The option --output takes ${oneOf(formatsOf[command].map((format) => `${format}=FILE`))}.`;
  }
  const paths = outputs.flatMap((output) => output?.path ?? []);
  const overwritten = paths.find((path) => plans.some((plan) => isSameFile(plan, path)));
  if (overwritten !== undefined) return `The option --output would overwrite the PLAN ${overwritten}.`;
  const repeated = paths.find((path, index) => paths.findIndex((other) => isSameFile(path, other)) < index);
  return repeated === undefined ? undefined : `The option --output names ${repeated} twice.`;
};
