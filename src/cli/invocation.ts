import { resolve } from 'node:path';
import { type Format, formats, formatsOf } from '../report/index.ts';
import { type Command, type OptionName, type Values, commands, optionNames, optionTable } from './options.ts';

export type OutputFile = { readonly format: Format; readonly path: string };

/** A command line that makes sense. */
export type Invocation = {
  readonly command: Command;
  readonly plans: readonly string[];
  readonly context: readonly string[];
  readonly policies: readonly string[];
  readonly sets: readonly string[];
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly unknown: 'report' | 'fail';
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

/** Takes the command off the plans. A plan that is called like a command is written `./check`. */
export const splitCommand = (words: readonly string[]): readonly [command: Command, plans: readonly string[]] => {
  const command = words[0];
  return isCommand(command) ? [command, words.slice(1)] : ['check', words];
};

const isCommand = (word: string | undefined): word is Command => word !== undefined && Object.hasOwn(commands, word);

/** What the values of a command line mean, or the first thing that is wrong with them. */
export const interpret = (command: Command, plans: readonly string[], values: Values): Arguments => {
  const list = (name: OptionName): readonly string[] => listOf(values[name]);
  const names = (name: OptionName): readonly string[] => list(name).flatMap((value) => value.split(','));
  const message = faultOf(command, plans, values);
  if (message !== undefined) return { kind: 'mistake', message };
  return {
    kind: 'run',
    invocation: {
      command,
      plans,
      context: list('context'),
      policies: list('policies'),
      sets: names('set'),
      only: names('only'),
      skip: names('skip'),
      unknown: list('unknown').at(-1) === 'fail' ? 'fail' : 'report',
      format: formatOf(list('format').at(-1)) ?? 'pretty',
      outputs: list('output').flatMap((written) => readOutput(written) ?? []),
      quiet: isOn(values['quiet']),
      verbose: isOn(values['verbose']),
      color: isOn(values['no-color']) ? false : isOn(values['color']) || undefined,
    },
  };
};

const listOf = (value: unknown): readonly string[] => (value === undefined ? [] : [value].flat().map(String));

const isOn = (value: unknown): boolean => [value].flat().at(-1) === true;

const formatOf = (written: string | undefined): Format | undefined =>
  formats.find((candidate) => candidate === written);

const readOutput = (written: string): OutputFile | undefined => {
  const [format, path] = split(written);
  const known = formatOf(format);
  return known === undefined || path === '' || path === '-' ? undefined : { format: known, path };
};

const split = (written: string): readonly [format: string, path: string] => {
  const equals = written.indexOf('=');
  return equals === -1 ? [written, ''] : [written.slice(0, equals), written.slice(equals + 1)];
};

const faultOf = (command: Command, plans: readonly string[], values: Values): string | undefined => {
  if (plans.length === 0)
    return 'There is no PLAN: give a file written by terraform show -json, or - for standard input.';
  const faults = optionNames.map((name) => optionFault(command, name, listOf(values[name])));
  return (
    faults.find((fault) => fault !== undefined) ??
    repeatedPlan(plans) ??
    outputFault(plans, listOf(values['output'])) ??
    viewFault(command, values)
  );
};

const optionFault = (command: Command, name: OptionName, written: readonly string[]): string | undefined => {
  const { type, choices, only } = optionTable[name];
  if (written.length === 0) return undefined;
  if (only !== undefined && only !== command) return `The option --${name} has no meaning for ${command}.`;
  if (type === 'boolean') return undefined;
  if (written.some((value) => value.split(',').includes(''))) return `The option --${name} needs a value.`;
  const isOther = choices !== undefined && written.some((value) => !choices.includes(value));
  return isOther ? `The option --${name} takes ${oneOf(choices)}.` : undefined;
};

const oneOf = (choices: readonly string[]): string => `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;

/** Not everything can be written in every format. */
const viewFault = (command: Command, values: Values): string | undefined => {
  const outputs = listOf(values['output']).map((written) => readOutput(written)?.format);
  const wanted = [formatOf(listOf(values['format']).at(-1)), ...outputs];
  const refused = wanted.find((format) => format !== undefined && !formatsOf[command].includes(format));
  return refused && `The format ${refused} has no meaning for ${command}, which takes ${oneOf(formatsOf[command])}.`;
};

const repeatedPlan = (plans: readonly string[]): string | undefined => {
  const repeated = plans.find((plan, index) => plans.findIndex((other) => isSameFile(plan, other)) < index);
  if (repeated === undefined) return plans.includes('') ? 'A PLAN has no name.' : undefined;
  return repeated === '-' ? 'Standard input (-) is given twice.' : `The PLAN ${repeated} is given twice.`;
};

const isSameFile = (a: string, b: string): boolean => a === b || (a !== '-' && b !== '-' && resolve(a) === resolve(b));

const outputFault = (plans: readonly string[], written: readonly string[]): string | undefined => {
  const outputs = written.map(readOutput);
  if (outputs.includes(undefined))
    return `The option --output takes ${oneOf(formats.map((format) => `${format}=FILE`))}.`;
  const paths = outputs.flatMap((output) => output?.path ?? []);
  const overwritten = paths.find((path) => plans.some((plan) => isSameFile(plan, path)));
  if (overwritten !== undefined) return `The option --output would overwrite the PLAN ${overwritten}.`;
  const repeated = paths.find((path, index) => paths.findIndex((other) => isSameFile(path, other)) < index);
  return repeated === undefined ? undefined : `The option --output names ${repeated} twice.`;
};
