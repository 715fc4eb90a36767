import type { Subject } from '../model/judgement.ts';
import type { ParameterType, ParameterValue, ParameterValues, Policy, PolicyParameter } from '../model/policy.ts';
import { didYouMean } from '../model/suggest.ts';
import { itself } from './vocabulary.ts';

/** Who gives parameters their values, and for which subjects. */
export type ParameterSource = {
  /** For one subject of a policy, checked by `checkParameters` before. */
  readonly valuesFor: (policy: Policy, subject: Subject) => ParameterValues;
  /** Names of the parameters to which somebody gives a value, for whatever subjects. */
  readonly givenFor: (policy: Policy) => ReadonlySet<string>;
};

/** Something wrong with a value that was given to a policy, and where in the values. */
export type ParameterFault = {
  /** Name of the parameter, and the index in its list where one item is meant. */
  readonly path: readonly [name: string, index?: number];
  readonly summary: string;
};

/** Everything that is wrong with the values that somebody gives to the parameters of a policy. */
export const checkParameters = (
  { id, parameters = {} }: Policy,
  values: Readonly<Record<string, unknown>>,
): readonly ParameterFault[] =>
  Object.entries(values).flatMap(([name, value]) => {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (parameter !== undefined) return checkValue(name, parameter, value);
    const known = Object.keys(parameters);
    const summary =
      known.length === 0
        ? `The policy ${id} takes no parameters.`
        : `The policy ${id} has no parameter ${name}${didYouMean(name, known)}`;
    return [{ path: [name], summary }];
  });

/** Whether a value is one that the parameter can have. */
export const checkValue = (
  name: string,
  { type, choices, minItems = 0 }: Pick<PolicyParameter, 'type' | 'choices' | 'minItems'>,
  value: unknown,
): readonly ParameterFault[] => {
  if (!hasType(type, value)) return [{ path: [name], summary: `${name} must be ${typeWords[type]}.` }];
  if (!Array.isArray(value)) return checkText([name], name, choices, value);
  if (value.length < minItems) {
    const least = minItems === 1 ? 'a text' : `${minItems} texts`;
    return [{ path: [name], summary: `${name} must have ${least} at least.` }];
  }
  return value.flatMap((item: unknown, index) => checkItem(name, index, choices, item));
};

const checkItem = (
  name: string,
  index: number,
  choices: PolicyParameter['choices'],
  item: unknown,
): readonly ParameterFault[] =>
  typeof item === 'string'
    ? checkText([name, index], `${name}[${index}]`, choices, item)
    : [{ path: [name, index], summary: `${name}[${index}] must be text: put quotes around it.` }];

const checkText = (
  path: ParameterFault['path'],
  words: string,
  choices: PolicyParameter['choices'],
  value: unknown,
): readonly ParameterFault[] => {
  if (choices === undefined || typeof value !== 'string' || choices.includes(value)) return [];
  return [{ path, summary: `${words} must be one of ${choices.join(', ')}${didYouMean(value, choices)}` }];
};

const hasType = (type: ParameterType, value: unknown): boolean => {
  if (type === 'list') return Array.isArray(value);
  return type === 'number' ? Number.isFinite(value) : typeof value === type;
};

const typeWords: Readonly<Record<ParameterType, string>> = {
  string: 'text: put quotes around it',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list of texts, like [a, b]',
};

/** A parameter as conditions read it. */
export type ParameterAttribute =
  | { readonly kind: 'parameter'; readonly value: string | number | boolean }
  | { readonly kind: 'list'; readonly items: readonly ParameterAttributes[]; readonly complete: true };

export type ParameterAttributes = { readonly [name: string]: ParameterAttribute };

/** The parameters of a policy with the values that it has for one subject, defaults included. */
export const valuesWithDefaults = ({ parameters = {} }: Policy, given: ParameterValues): ParameterValues =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([name, parameter]): readonly [string, ParameterValue][] => {
      const value = Object.hasOwn(given, name) ? given[name] : parameter.default;
      return value === undefined ? [] : [[name, value]];
    }),
  );

export const parameterAttributes = (values: ParameterValues): ParameterAttributes =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, attributeOf(value)]));

const attributeOf = (value: ParameterValue): ParameterAttribute =>
  typeof value === 'object'
    ? { kind: 'list', items: value.map((text) => ({ [itself]: { kind: 'parameter', value: text } })), complete: true }
    : { kind: 'parameter', value };

/** Names of the parameters that have no value. */
export const parametersWithout = ({ parameters = {} }: Policy, has: (name: string) => boolean): readonly string[] =>
  Object.entries(parameters).flatMap(([name, parameter]) =>
    parameter.default === undefined && !has(name) ? [name] : [],
  );
