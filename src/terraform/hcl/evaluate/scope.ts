import type { Symbolic } from '../symbolic.ts';
import type { Expression, SourceText } from '../syntax.ts';
import type { Budget } from './budget.ts';
import type { FunctionContext } from './functions/index.ts';

/** What an expression sees. */
export type Scope = {
  /** The first name of a traversal: `var`, `aws_db_proxy`, or what a `for` binds. Undefined where there is no such name. */
  readonly lookup: (name: string) => Symbolic | undefined;
  readonly functions: FunctionContext;
  /** The file that the expression stands in. */
  readonly file: SourceText;
  readonly budget: Budget;
};

/** How an expression is evaluated: what is made of expressions is given it. */
export type Evaluate = (expression: Expression, scope: Scope) => Symbolic;

/** The scope with names that hide those of the same spelling outside. */
export const bind = (scope: Scope, names: ReadonlyMap<string, Symbolic>): Scope => ({
  ...scope,
  lookup: (name) => names.get(name) ?? scope.lookup(name),
});

/** The names that a `for` binds. */
type Pair = { readonly keyName: string | null; readonly valueName: string };

export const bindPair = (scope: Scope, { keyName, valueName }: Pair, key: Symbolic, value: Symbolic): Scope => {
  const names = new Map([[valueName, value]]);
  if (keyName !== null) names.set(keyName, key);
  return bind(scope, names);
};
