import type { Diagnostic } from '../../../model/diagnostic.ts';
import { isObject, ownAt, parseJson, sameJson } from '../../json.ts';
import type { SourceInput } from '../../source.ts';
import { placeAt } from '../lines.ts';
import { parseFile } from '../parse/parse.ts';
import type { Symbolic } from '../symbolic.ts';
import type { SourceText } from '../syntax.ts';
import { fromJson, lost, toJson } from '../values.ts';
import type { ConfigBlock } from './config-body.ts';
import type { ModuleConfig } from './configuration.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluation } from './module-types.ts';
import { variableFromText, variableValue } from './variables.ts';

export type RootVariables = {
  /** What the user, or the plan, gives a variable; undefined where nothing does but its default. */
  readonly value: (name: string) => Symbolic | undefined;
  readonly diagnostics: readonly Diagnostic[];
};

/**
 * The plan knows the values that it was made with; else -var is stronger than files, the last file stronger than those
 * before it, and all of them than the environment. Source: Terraform language, "Variable Definition Precedence".
 */
export const rootVariables = (input: SourceInput, config: ModuleConfig, evaluation: Evaluation): RootVariables => {
  const diagnostics: Diagnostic[] = [];
  const given = new Map<string, Symbolic>();
  const fromText = (texts: ReadonlyMap<string, string>): void => {
    for (const [name, text] of texts) {
      const block = config.variables.get(name);
      if (block !== undefined) given.set(name, variableFromText(block, text, evaluation));
    }
  };
  fromText(input.environmentVariables);
  for (const file of input.variableFiles) {
    for (const [name, value] of fileValues(file, evaluation, diagnostics)) given.set(name, value);
  }
  fromText(input.variables);
  const planned = evaluation.plan?.variables;
  const plannedValue = (name: string): Symbolic | undefined => {
    const known = ownAt(planned, name);
    return isObject(known) && known['value'] !== undefined ? fromJson(known['value']) : undefined;
  };
  const isUnknown = (name: string): boolean => input.unknownVariables?.has(name) === true;
  const value = (name: string): Symbolic | undefined => {
    const inPlan = plannedValue(name);
    const written = given.get(name);
    if (inPlan === undefined) return written ?? (isUnknown(name) ? lost(`var.${name}`) : undefined);
    return isSame(config, name, [inPlan, written], evaluation) ? written : inPlan;
  };
  const hasValue = (name: string): boolean => given.has(name) || isUnknown(name) || plannedValue(name) !== undefined;
  const unset = [...config.variables].filter(([name, block]) => isRequired(block) && !hasValue(name));
  return { value, diagnostics: [...undeclared(input, config), ...diagnostics, ...missing(unset, input)] };
};

/** Whether the text, with its defaults, gives a variable what the plan has: then it says where that is written, too. */
const isSame = (
  config: ModuleConfig,
  name: string,
  given: readonly (Symbolic | undefined)[],
  evaluation: Evaluation,
): boolean => {
  const [planned, written] = given.map((value) => toJson(variableValue(config, name, value, evaluation)));
  return planned !== undefined && sameJson(planned, written);
};

const isRequired = ({ body }: ConfigBlock): boolean => !body.attributes.has('default');

const fileValues = (
  file: SourceText,
  evaluation: Evaluation,
  diagnostics: Diagnostic[],
): ReadonlyMap<string, Symbolic> => {
  if (file.path.endsWith('.json')) return jsonValues(file, diagnostics);
  const { body, faults } = parseFile(file);
  for (const { summary, detail, span } of faults) diagnostics.push(invalid(file, summary, detail, placeAt(file, span)));
  const scope = {
    lookup: () => undefined,
    functions: evaluation.functionsFor(''),
    file,
    budget: evaluation.budget,
  };
  return new Map([...body.attributes].map(([name, { value }]) => [name, evaluate(value, scope)] as const));
};

const jsonValues = (file: SourceText, diagnostics: Diagnostic[]): ReadonlyMap<string, Symbolic> => {
  const json = parseJson(file.text);
  if (isObject(json)) return new Map(Object.entries(json).map(([name, value]) => [name, fromJson(value)] as const));
  diagnostics.push(invalid(file, 'This is no JSON object', 'It must hold values of variables by their names.', {}));
  return new Map();
};

const invalid = (file: SourceText, summary: string, detail: string, place: object): Diagnostic => ({
  severity: 'error',
  code: 'source-unparsable',
  summary: `${summary}.`,
  detail,
  origin: { ...place, file: file.path },
});

/** Only what the user typed: files and the environment often serve several configurations. */
const undeclared = ({ variables }: SourceInput, config: ModuleConfig): readonly Diagnostic[] =>
  [...variables.keys()]
    .filter((name) => !config.variables.has(name))
    .map((name) => ({
      severity: 'error',
      code: 'variable-invalid',
      summary: `The configuration declares no variable "${name}", for which --var gives a value.`,
      detail: 'Look at the name, and at the variable blocks of the root module.',
    }));

const namesShown = 5;

/** Not an error: what does not depend on it can be judged. */
const missing = (
  unset: readonly (readonly [string, ConfigBlock])[],
  { otherVariableFiles = [] }: SourceInput,
): readonly Diagnostic[] => {
  const [first] = unset;
  if (first === undefined) return [];
  const names = unset.slice(0, namesShown).map(([name]) => `var.${name}`);
  const more = unset.length > namesShown ? ` and ${unset.length - namesShown} more` : '';
  const { line, column, endLine, endColumn } = placeAt(first[1].file, first[1].header);
  return [
    {
      severity: 'warning',
      code: 'variable-without-value',
      summary: `Nothing gives a value to ${names.join(', ')}${more}: what depends on it stays undecided.`,
      detail: `Give the values that terraform plan is run with${ways(first[0], otherVariableFiles)}`,
      origin: { file: first[1].file.path, line, column, endLine, endColumn },
    },
  ];
};

/** Files that lie there are named: one of them is likely what is missing. */
const ways = (name: string, files: readonly string[]): string => {
  const one = `--var '${name}=…'`;
  if (files.length === 0) return `:\n  --var-file FILE, or ${one}`;
  const named = files.slice(0, namesShown).map((file) => `\n  --var-file ${file}`);
  return `, by a file or by ${one}. Here are:${named.join('')}`;
};
