import { subjectKinds } from '../../model/judgement.ts';
import { type Policy, enforcements, severities } from '../../model/policy.ts';
import { didYouMean } from '../../model/suggest.ts';
import { parameterOf, placesOf, unclosedPlaces } from '../fill-places.ts';
import { checkValue } from '../parameters.ts';
import { subjects } from '../subjects.ts';

type Definition = Omit<Policy, 'when' | 'assert' | 'mandatoryWhen' | 'message'> & { readonly evaluate: unknown };

const kebabCase = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Throws a TypeError with every fault. The types hold most of it, where there are types. */
export const checkDefinition = (definition: Definition): void => {
  const faults = [
    ...nameFaults(definition),
    ...textFaults(definition),
    ...choiceFault('subject', definition.subject, subjectKinds),
    ...choiceFault('severity', definition.severity, severities),
    ...choiceFault('enforcement', definition.enforcement, enforcements),
    ...placeFaults(definition),
    ...parameterFaults(definition),
    ...(typeof definition.evaluate === 'function' ? [] : ['evaluate must be a function.']),
  ];
  if (faults.length > 0) throw new TypeError(`Policy ${definition.id}: ${faults.join(' ')}`);
};

const nameFaults = (definition: Definition): readonly string[] =>
  (['id', 'set'] as const).flatMap((key) =>
    kebabCase.test(definition[key]) ? [] : [`${key} must be kebab-case: lower-case words joined by hyphens.`],
  );

const textFaults = (definition: Definition): readonly string[] => [
  ...(['title', 'remediation', 'why'] as const).flatMap((key) =>
    isText(definition[key]) ? [] : [`${key} must be some text.`],
  ),
  ...(Array.isArray(definition.references) && definition.references.every(isText)
    ? []
    : ['references must be a list of addresses.']),
];

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const choiceFault = (key: string, written: unknown, choices: readonly string[]): readonly string[] =>
  choices.includes(String(written))
    ? []
    : [`${key} must be one of ${choices.join(', ')}${didYouMean(String(written), choices)}`];

const placeFaults = ({ remediation, subject, parameters = {} }: Definition): readonly string[] => {
  if (!isText(remediation)) return [];
  const attributes = subjects.get(subject) ?? new Map<string, unknown>();
  const strange = placesOf(remediation).flatMap(({ name }) => {
    const parameter = parameterOf(name);
    if (parameter === undefined ? attributes.has(name) : Object.hasOwn(parameters, parameter)) return [];
    return [`remediation names ${name}, which the subject does not have${didYouMean(name, attributes.keys())}`];
  });
  return [
    ...strange,
    ...(unclosedPlaces(remediation).length > 0 ? ['remediation has a {{ that is never closed.'] : []),
  ];
};

const parameterFaults = ({ parameters = {} }: Definition): readonly string[] =>
  Object.entries(parameters).flatMap(([name, parameter]) =>
    parameter.default === undefined
      ? []
      : checkValue(`default of ${name}`, parameter, parameter.default).map(({ summary }) => summary),
  );
