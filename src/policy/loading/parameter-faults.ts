import { type Node, isNode, isSeq } from 'yaml';
import type { PolicyParameter } from '../../model/policy.ts';
import { checkValue } from '../parameters.ts';
import type { Fault } from './fault.ts';
import { type PolicyDocument, pairOf } from './parse-yaml.ts';

/** What the schema cannot say of parameters: that defaults are values which they can have. Only once it is satisfied. */
export const parameterFaults = (
  { document }: PolicyDocument,
  parameters: Readonly<Record<string, PolicyParameter>>,
): readonly Fault[] => {
  const block = pairOf(document.contents, 'parameters')?.value;
  return Object.entries(parameters).flatMap(([name, parameter]) => [
    ...choicesFaults(name, parameter, pairOf(block, name)?.value),
    ...lengthFaults(name, parameter, pairOf(block, name)?.value),
    ...defaultFaults(parameter, pairOf(block, name)?.value),
  ]);
};

const lengthFaults = (name: string, { type, minItems }: PolicyParameter, node: unknown): readonly Fault[] => {
  if (minItems === undefined || type === 'list') return [];
  const offset = pairOf(node, 'minItems')?.key.range?.[0] ?? 0;
  return [{ code: 'policy-invalid', summary: `${name} is a ${type}, and only lists have minItems.`, offset }];
};

const choicesFaults = (name: string, { type, choices }: PolicyParameter, node: unknown): readonly Fault[] => {
  if (choices === undefined || type === 'string' || type === 'list') return [];
  const offset = pairOf(node, 'choices')?.key.range?.[0] ?? 0;
  return [{ code: 'policy-invalid', summary: `${name} is a ${type}, and only texts and lists have choices.`, offset }];
};

const defaultFaults = (parameter: PolicyParameter, node: unknown): readonly Fault[] => {
  if (parameter.default === undefined) return [];
  const value = pairOf(node, 'default')?.value;
  return checkValue('default', parameter, parameter.default).map(({ path: [, index], summary }) => ({
    code: 'policy-invalid',
    summary,
    offset: startOf(index !== undefined && isSeq(value) ? value.items[index] : value),
  }));
};

const startOf = (node: unknown): number => (isNode(node) ? ((node as Node).range?.[0] ?? 0) : 0);
