import type { Reference } from '../../../../model/value.ts';
import type { Hole, Symbolic } from '../../symbolic.ts';

/** What functions see of the world. */
export type FunctionContext = {
  /** Text of a file; null where it is not there, or not to be read. */
  readonly readText: (path: string) => string | null;
  readonly evaluateTemplate: (text: string, path: string, variables: ReadonlyMap<string, Symbolic>) => Symbolic;
  /** Known parts and holes of an attribute whose shape is known before apply: the ARN of a proxy. */
  readonly structureOf: (reference: Reference) => readonly (string | Hole)[] | null;
  readonly moduleDirectory: string;
};

export type TerraformFunction = {
  /** How many arguments it takes. */
  readonly arity: readonly [number, number];
  readonly call: (args: readonly Symbolic[], context: FunctionContext) => Symbolic;
  /**
   * `whole`: the result is as sensitive as anything in the arguments. `parts`: as the arguments themselves, for marks
   * of elements stay with the elements. `own`: the function sees to it.
   */
  readonly marks: 'whole' | 'parts' | 'own';
};

export type FunctionTable = Readonly<Record<string, TerraformFunction>>;

type Call = TerraformFunction['call'];

export const whole = (least: number, most: number, call: Call): TerraformFunction => ({
  arity: [least, most],
  call,
  marks: 'whole',
});

export const parts = (least: number, most: number, call: Call): TerraformFunction => ({
  arity: [least, most],
  call,
  marks: 'parts',
});
