import { joinOrigins } from '../../origins.ts';
import { placeAt } from '../lines.ts';
import type { Symbolic } from '../symbolic.ts';
import type { Expression, ObjectItem } from '../syntax.ts';
import { asSensitive, failure, isSensitive, list, lost, originsOf, scalar, unknownFrom, withPlace } from '../values.ts';
import { spend } from './budget.ts';
import { forValue } from './for.ts';
import { callFunction } from './functions/index.ts';
import { keyed } from './keyed.ts';
import { attributeIn, binary, choose, indexOf, splat, unary } from './operators.ts';
import { type Scope, bind } from './scope.ts';
import { isTooLarge } from './size.ts';
import { templateValue } from './template.ts';

/** What an expression comes to. Never throws: what is wrong is a failure, what is too much is lost. */
export const evaluate = (expression: Expression, scope: Scope): Symbolic => {
  const whole = spend(
    scope.budget,
    () => valueOf(expression, scope),
    () => lost('…'),
  );
  const value: Symbolic = makesValues.has(expression.kind) && isTooLarge(whole, scope.budget) ? lost('…') : whole;
  // Where a name leads to something written elsewhere, that is the place that matters.
  return value.place === undefined && expression.kind !== 'name'
    ? withPlace(asHeredoc(value, expression, scope), placeAt(scope.file, expression.span))
    : value;
};

/** All others hand on what there is. */
const makesValues: ReadonlySet<Expression['kind']> = new Set(['template', 'tuple', 'object', 'call', 'for', 'splat']);

const asHeredoc = (value: Symbolic, { kind, span }: Expression, { file }: Scope): Symbolic =>
  (kind === 'literal' || kind === 'template') && file.text.startsWith('<<', span.start)
    ? { ...value, heredoc: file.text.slice(span.start, span.end) }
    : value;

const valueOf = (expression: Expression, scope: Scope): Symbolic => {
  switch (expression.kind) {
    case 'literal':
      return scalar(expression.value);
    case 'template':
      return templateValue(expression.parts, scope, evaluate);
    case 'tuple':
      return list(expression.items.map((item) => evaluate(item, scope)));
    case 'object':
      return object(expression.items, scope);
    case 'name':
      return scope.lookup(expression.name) ?? failure(expression.name);
    case 'attribute':
      return attributeIn(evaluate(expression.target, scope), expression.name);
    case 'index':
      return indexOf(evaluate(expression.target, scope), evaluate(expression.key, scope));
    case 'splat':
      return splat(evaluate(expression.target, scope), expression.full, (item) =>
        evaluate(expression.each, bind(scope, new Map([[splatItem, item]]))),
      );
    case 'splat-item':
      return scope.lookup(splatItem) ?? failure('*');
    case 'call':
      return call(expression, scope);
    case 'conditional':
      return choose(
        evaluate(expression.condition, scope),
        () => evaluate(expression.then, scope),
        () => evaluate(expression.otherwise, scope),
      );
    case 'unary':
      return unary(expression.operator, evaluate(expression.operand, scope));
    case 'binary':
      return binary(expression.operator, evaluate(expression.left, scope), evaluate(expression.right, scope));
    case 'for':
      return forValue(expression, scope, evaluate);
    case 'invalid':
      return lost('…');
  }
};

/** No identifier of HCL. */
const splatItem = '[*]';

const object = (items: readonly ObjectItem[], scope: Scope): Symbolic => {
  const entries = items.map(({ key, value }) => [evaluate(key, scope), evaluate(value, scope)] as const);
  const whole = keyed(entries, 'object');
  return entries.some(([key]) => isSensitive(key)) ? asSensitive(whole) : whole;
};

const call = ({ name, args, expand }: Extract<Expression, { kind: 'call' }>, scope: Scope): Symbolic => {
  const values = args.map((argument) => evaluate(argument, scope));
  if (!expand) return callFunction(name, values, scope.functions);
  const last = values.at(-1);
  if (last?.kind !== 'list' || last.open !== undefined) {
    return unknownFrom(joinOrigins(values.map((value) => originsOf(value))));
  }
  return callFunction(name, [...values.slice(0, -1), ...last.items], scope.functions);
};
