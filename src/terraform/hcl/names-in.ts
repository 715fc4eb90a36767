import { parseTraversal } from '../address.ts';
import type { Names } from '../dependencies.ts';
import type { Expression, ObjectItem, Span, TemplatePiece } from './syntax.ts';

/** A name with what is asked of it, and where it stands. */
export type Traversal = { readonly names: Names; readonly span: Span };

/** Names that a `for`, or a `dynamic` block, binds: they hide what has the same name outside. */
type Bound = ReadonlySet<string>;

const nothingBound: Bound = new Set();

/**
 * What an expression refers to, in the words of the text: nothing is evaluated. A key that is no constant ends a
 * traversal, as it does for Terraform: `module.db[each.key].arn` refers to all of `module.db`.
 */
export const namesIn = (expression: Expression): readonly Names[] => traversalsIn(expression).map(({ names }) => names);

export const traversalsIn = (expression: Expression, bound: Bound = nothingBound): readonly Traversal[] => {
  const { span } = expression;
  const names = traversalOf(expression);
  if (names !== null) return bound.has(names[0] ?? '') ? [] : [{ names, span }];
  switch (expression.kind) {
    case 'invalid':
      return [{ names: [], span }];
    case 'template':
      return expression.parts.flatMap((piece) => traversalsInPiece(piece, bound));
    case 'object':
      return expression.items.flatMap(({ key, value }: ObjectItem) => [
        ...traversalsIn(key, bound),
        ...traversalsIn(value, bound),
      ]);
    case 'for': {
      const inner = [expression.key, expression.value, expression.condition];
      return [...traversalsIn(expression.collection, bound), ...traversalsInAll(inner, binding(bound, expression))];
    }
    default:
      return traversalsInAll(partsOf(expression), bound);
  }
};

const traversalsInAll = (all: readonly (Expression | null)[], bound: Bound): readonly Traversal[] =>
  all.flatMap((one) => (one === null ? [] : traversalsIn(one, bound)));

/** Null for what is no traversal. */
const traversalOf = (expression: Expression): Names | null => {
  if (expression.kind === 'name') return [expression.name];
  if (expression.kind === 'index' && expression.key.kind === 'literal') return traversalOf(expression.target);
  if (expression.kind !== 'attribute') return null;
  const target = traversalOf(expression.target);
  return target === null ? null : [...target, expression.name];
};

const partsOf = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case 'tuple':
      return expression.items;
    case 'attribute':
      return [expression.target];
    case 'index':
      return [expression.target, expression.key];
    case 'splat':
      return [expression.target, expression.each];
    case 'call':
      return expression.args;
    case 'conditional':
      return [expression.condition, expression.then, expression.otherwise];
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    default:
      return [];
  }
};

const traversalsInPiece = (piece: TemplatePiece, bound: Bound): readonly Traversal[] => {
  const inside = (pieces: readonly TemplatePiece[], names: Bound) =>
    pieces.flatMap((one) => traversalsInPiece(one, names));
  switch (piece.kind) {
    case 'text':
      return [];
    case 'interpolation':
      return traversalsIn(piece.value, bound);
    case 'if':
      return [...traversalsIn(piece.condition, bound), ...inside([...piece.then, ...piece.otherwise], bound)];
    case 'for':
      return [...traversalsIn(piece.collection, bound), ...inside(piece.body, binding(bound, piece))];
  }
};

const binding = (bound: Bound, { keyName, valueName }: { keyName: string | null; valueName: string }): Bound =>
  new Set([...bound, ...(keyName === null ? [] : [keyName]), valueName]);

/** The traversals that `depends_on` and `replace_triggered_by` list; JSON and older texts write them between quotes. */
export const namesListed = (expression: Expression): readonly Names[] => {
  if (expression.kind === 'tuple') return expression.items.flatMap(namesListed);
  if (expression.kind !== 'literal' || typeof expression.value !== 'string') return namesIn(expression);
  return [parseTraversal(expression.value).flatMap((step) => ('name' in step ? [step.name] : []))];
};
