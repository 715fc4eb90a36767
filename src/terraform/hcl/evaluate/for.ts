import { type Origins, joinOrigins } from '../../origins.ts';
import type { Symbolic } from '../symbolic.ts';
import type { Expression } from '../syntax.ts';
import {
  asSensitive,
  failure,
  isFailure,
  isSensitive,
  list,
  map,
  nothing,
  originsOf,
  scalar,
  sensitiveLike,
  unknownFrom,
} from '../values.ts';
import { elementsOf, openOf, openOrder } from './elements.ts';
import { type Entry, keyed } from './keyed.ts';
import { keyText } from './numbers.ts';
import { type Evaluate, type Scope, bindPair } from './scope.ts';

type For = Extract<Expression, { kind: 'for' }>;

/** Of a round that counts: the key is null in the form with brackets. */
type Result = { readonly key: Symbolic | null; readonly value: Symbolic };

/** What came of a round: a result, nothing, or what decides about one that may be there; whether a mark is on that. */
type Round = ({ readonly result: Result } | { readonly open: readonly Symbolic[] } | { readonly none: true }) & {
  readonly hasMark: boolean;
};

/** `[for …]` and `{for …}`. */
export const forValue = (expression: For, scope: Scope, evaluate: Evaluate): Symbolic => {
  const over = evaluate(expression.collection, scope);
  if (isFailure(over)) return over;
  const elements = elementsOf(over);
  if (elements === null) return sensitiveLike(unknownLoop(expression, over, scope, evaluate), [over]);
  const rounds = elements.map(([name, item]) => runOnce(expression, bindPair(scope, expression, name, item), evaluate));
  const results = rounds.flatMap((round) => ('result' in round ? [round.result] : []));
  const open = rounds.flatMap((round) => ('open' in round ? round.open : []));
  // What the braces make has no order.
  const unseen = expression.key === null ? openOrder(over) : openOf(over);
  const origins = [...(unseen === undefined ? [] : [unseen]), ...open.map((item) => originsOf(item))];
  const value = expression.key === null ? bracketed(results, origins) : braced(results, origins, expression.grouped);
  // Which results there are, and under what keys, tells of the conditions and of the keys.
  const isTold = over.sensitive === true || rounds.some((round) => round.hasMark);
  return isTold ? asSensitive(value) : value;
};

/** What one round refers to is all that can be said of any: the names that it binds stand for any element. */
const unknownLoop = (expression: For, over: Symbolic, scope: Scope, evaluate: Evaluate): Symbolic => {
  const any = unknownFrom(originsOf(over));
  const once = bindPair(scope, expression, any, any);
  const parts = [expression.key, expression.value, expression.condition];
  const values = parts.flatMap((part) => (part === null ? [] : [evaluate(part, once)]));
  return unknownFrom(joinOrigins([over, ...values].map((value) => originsOf(value))));
};

const runOnce = (expression: For, scope: Scope, evaluate: Evaluate): Round => {
  const condition = expression.condition === null ? null : evaluate(expression.condition, scope);
  const key = expression.key === null ? null : evaluate(expression.key, scope);
  const hasMark = [condition, key].some((deciding) => deciding !== null && isSensitive(deciding));
  if (condition?.kind === 'known' && String(condition.value) !== 'true') return { none: true, hasMark };
  const value = evaluate(expression.value, scope);
  // Nobody can say whether it is there: it stands for what may be.
  if (condition !== null && condition.kind !== 'known') return { open: [condition, value], hasMark };
  return { result: { key, value }, hasMark };
};

const joined = (origins: readonly Origins[]): Origins | undefined =>
  origins.length === 0 ? undefined : joinOrigins(origins);

const bracketed = (results: readonly Result[], open: readonly Origins[]): Symbolic =>
  list(
    results.map(({ value }) => value),
    'tuple',
    joined(open),
  );

const braced = (results: readonly Result[], open: readonly Origins[], grouped: boolean): Symbolic => {
  const { groups, hidden } = groupsOf(results);
  if (grouped && hidden.length > 0) return groupedByUnknown(groups, hidden, open);
  const entries = [...groups].map(([name, group]): Entry => {
    // Two with one key are an error, unless `...` groups them.
    const [only, more] = group;
    return [scalar(name), grouped ? list(group) : only === undefined || more !== undefined ? failure(name) : only];
  });
  // Where elements stand for others, the later ones may replace the earlier.
  return keyed([...entries, ...hidden], 'object', open, open.length === 0 ? 'distinct' : 'later-wins');
};

const groupsOf = (results: readonly Result[]) => {
  const groups = new Map<string, Symbolic[]>();
  const hidden: Entry[] = [];
  for (const { key, value } of results) {
    if (key?.kind !== 'known' || key.value === null) {
      hidden.push([key ?? nothing, value]);
      continue;
    }
    const name = keyText(key.value);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [value]);
    else group.push(value);
  }
  return { groups, hidden };
};

/** One result is a group of its own; of several, any may belong to any group. */
const groupedByUnknown = (
  groups: ReadonlyMap<string, readonly Symbolic[]>,
  hidden: readonly Entry[],
  open: readonly Origins[],
): Symbolic => {
  const [only, more] = hidden;
  if (only !== undefined && more === undefined && groups.size === 0 && open.length === 0) {
    return keyed([[only[0], list([only[1]])]], 'object');
  }
  const origins = joinOrigins([...open, ...hidden.flat().map((value) => originsOf(value))]);
  return map(new Map([...groups].map(([name, group]) => [name, list(group, 'tuple', origins)])), 'object', origins);
};
