import type { IamCondition, IamPatterns, IamPrincipal, IamStatement } from '../../model/iam.ts';
import { type ListValue, type Value, known } from '../../model/value.ts';
import { type View, argument, blocksOf, isUnknown, listArgument, originOf } from '../../terraform/values.ts';
import { hiddenPrincipals } from './document-structure.ts';
import { mapText } from './symbolic-text.ts';

/** A `statement` block of `aws_iam_policy_document`. */
export const statementOf = (view: View): IamStatement => {
  const effect = argument(view, 'effect');
  const conditions = blocksOf(view, 'condition');
  const sid = argument(view, 'sid');
  return {
    sid: sid.kind === 'known' && sid.value !== '' ? sid.value : null,
    effect: effect.kind === 'absent' ? known('Allow', effect.origin) : effect,
    actions: patternsOf(view, 'actions'),
    resources: patternsOf(view, 'resources'),
    principals: principalsOf(view),
    conditions: conditions.complete ? allKnown(conditions.blocks.map(conditionOf)) : null,
    origin: originOf(view),
  };
};

const allKnown = (conditions: readonly (IamCondition | null)[]): readonly IamCondition[] | null => {
  const decoded = conditions.filter((condition) => condition !== null);
  return decoded.length === conditions.length ? decoded : null;
};

/** The data source writes IAM's `${…}` as `&{…}`, so that Terraform does not read it as its own. */
const variablesOf = (list: ListValue<string>): readonly Value<string>[] =>
  list.items.map((item) => mapText(item, (text) => text.replaceAll('&{', '${')));

const patternsOf = (view: View, name: string): IamPatterns => {
  const negative = listArgument(view, `not_${name}`);
  const negated = negative.items.length > 0 || isUnknown(view, `not_${name}`);
  const list = negated ? negative : listArgument(view, name);
  return { negated, patterns: variablesOf(list), complete: list.complete };
};

const principalsOf = (view: View): IamStatement['principals'] => {
  const positive = blocksOf(view, 'principals');
  const negative = blocksOf(view, 'not_principals');
  if (!positive.complete || !negative.complete) {
    return { negated: false, entries: hiddenPrincipals(originOf(view, 'principals')) };
  }
  const negated = negative.blocks.length > 0;
  const { blocks } = negated ? negative : positive;
  return blocks.length === 0 ? null : { negated, entries: blocks.flatMap(principalEntries) };
};

const principalEntries = (view: View): readonly IamPrincipal[] => {
  const type = argument(view, 'type');
  if (type.kind !== 'known') return hiddenPrincipals(originOf(view));
  return listArgument(view, 'identifiers').items.map((id) => ({ type: type.value, id }));
};

/** Null where operator or key is known after apply: then nobody can say whether it holds. */
const conditionOf = (view: View): IamCondition | null => {
  const test = argument(view, 'test');
  const key = argument(view, 'variable');
  if (test.kind !== 'known' || key.kind !== 'known') return null;
  return { operator: test.value, key: key.value, values: variablesOf(listArgument(view, 'values')) };
};
