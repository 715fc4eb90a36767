import type { SubjectAttribute, SubjectAttributes } from '../model/judgement.ts';
import type { ParameterValues } from '../model/policy.ts';
import { parametersName } from './vocabulary.ts';

/** The place for the reasons of all judgements that were read and do not hold. */
export const reasonsName = 'reasons';

const placePattern = /\{\{(.*?)\}\}/g;

export type Place = { readonly name: string; readonly index: number };

/** The `{{name}}` places of a text. */
export const placesOf = (template: string): readonly Place[] =>
  [...template.matchAll(placePattern)].map((match) => {
    const inside = match[1] ?? '';
    const blanks = inside.length - inside.trimStart().length;
    return { name: inside.trim(), index: match.index + 2 + blanks };
  });

/** Where a place is opened and, on its line, never closed. */
export const unclosedPlaces = (template: string): readonly number[] => {
  const rest = template.replace(placePattern, (place) => ' '.repeat(place.length));
  return [...rest.matchAll(/\{\{/g)].map(({ index }) => index);
};

/** The parameter that a place `{{params.name}}` stands for. */
export const parameterOf = (place: string): string | undefined =>
  place.startsWith(`${parametersName}.`) ? place.slice(parametersName.length + 1) : undefined;

/** Puts the words of the subject and of the parameters in the places of a text; lines that come in take the indentation of the place. */
export const fillPlaces = (
  template: string,
  attributes: SubjectAttributes,
  parameters: ParameterValues = {},
  reasons: readonly string[] = [],
): string =>
  template
    .split('\n')
    .map((line) => {
      const indentation = line.slice(0, line.length - line.trimStart().length);
      return line.replace(placePattern, (_, name: string) =>
        wordsAt(name.trim(), attributes, parameters, reasons).replaceAll('\n', `\n${indentation}`),
      );
    })
    .join('\n');

const wordsAt = (
  name: string,
  attributes: SubjectAttributes,
  parameters: ParameterValues,
  reasons: readonly string[],
): string => {
  if (name === reasonsName) return reasons.join('; ') || '(not in view)';
  const parameter = parameterOf(name);
  if (parameter === undefined) return wordsOf(attributes, name);
  const value = Object.hasOwn(parameters, parameter) ? parameters[parameter] : undefined;
  if (value === undefined) return '(not set)';
  return typeof value === 'object' ? value.join(', ') || '(none)' : String(value);
};

const wordsOf = (attributes: SubjectAttributes, name: string): string => {
  const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return attribute === undefined ? '(not in view)' : words(attribute);
};

const words = (attribute: SubjectAttribute): string => {
  switch (attribute.kind) {
    case 'text':
      return attribute.text;
    case 'judgement':
      return attribute.judgement.reason;
    case 'list':
      return `${attribute.items.length}${attribute.complete ? '' : ' or more'}`;
    case 'value':
      return wordsOfValue(attribute.value);
  }
};

const wordsOfValue = (value: Extract<SubjectAttribute, { kind: 'value' }>['value']): string => {
  switch (value.kind) {
    case 'unknown':
      return '(known after apply)';
    case 'absent':
      return '(not set)';
    case 'known':
      return String(value.value);
  }
};
