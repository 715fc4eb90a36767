import { joinOrigins } from '../../../origins.ts';
import type { Hole, Symbolic } from '../../symbolic.ts';
import { asSensitive, failure, isFailure, isSensitive, nothing, originsOf, scalar, valuesIn } from '../../values.ts';
import { type Type, convert } from '../convert.ts';
import { anyOf, computedFrom } from '../scalars.ts';
import { at } from './arguments.ts';
import { type FunctionTable, type TerraformFunction, parts } from './context.ts';

const any: Type = { kind: 'any' };

const to = (type: Type): TerraformFunction => parts(1, 1, ([value = nothing]) => convert(value, type, () => nothing));

/** An attribute as it stands is there; what is computed from unknown values may turn out to be an error. */
const mayFail = (value: Symbolic): boolean => value.kind === 'unknown' && value.exactly === undefined;

const deepest = 64;

/** An error in any part of a value is one of the whole. */
const hasFailure = (value: Symbolic, depth = 0): boolean => {
  if (depth > deepest) return false;
  if (value.kind === 'list') return value.items.some((item) => hasFailure(item, depth + 1));
  if (value.kind === 'map') return valuesIn(value).some((item) => hasFailure(item, depth + 1));
  return isFailure(value);
};

/** The first argument that is no error. */
const firstThatWorks = (args: readonly Symbolic[]): Symbolic => {
  const [first, ...others] = args.filter((arg) => !hasFailure(arg));
  if (first === undefined) return failure('try()');
  if (!mayFail(first) || others.length === 0) return first;
  const certain = others.findIndex((other) => !mayFail(other));
  const candidates = [first, ...others.slice(0, certain < 0 ? others.length : certain + 1)];
  const result = anyOf(joinOrigins(candidates.map((candidate) => originsOf(candidate))));
  return candidates.some((candidate) => isSensitive(candidate)) ? asSensitive(result) : result;
};

const works = (value: Symbolic): Symbolic => {
  if (hasFailure(value)) return scalar(false);
  return mayFail(value) ? computedFrom([value]) : scalar(true);
};

/** Takes the mark from the value, not from its elements; the mark of a text is on its holes. */
const unmarked = (value: Symbolic): Symbolic => {
  const { sensitive: _, ...plain } = value;
  return plain.kind === 'text' ? { ...plain, parts: plain.parts.map(unmarkedPart) } : plain;
};

const unmarkedPart = (part: string | Hole): string | Hole => {
  if (typeof part === 'string') return part;
  const { sensitive: _, ...plain } = part;
  return plain;
};

/** An unknown may turn out to be marked, for the provider marks attributes. */
const asksForMark = (value: Symbolic): Symbolic => {
  if (value.sensitive === true || (value.kind === 'text' && isSensitive(value))) return scalar(true);
  return value.kind === 'unknown' || value.kind === 'text' ? computedFrom([value]) : scalar(false);
};

export const conversionFunctions: FunctionTable = {
  try: { arity: [1, Number.POSITIVE_INFINITY], marks: 'own', call: firstThatWorks },
  can: { arity: [1, 1], marks: 'own', call: (args) => works(at(args, 0)) },
  tostring: to({ kind: 'string' }),
  tonumber: to({ kind: 'number' }),
  tobool: to({ kind: 'bool' }),
  tolist: to({ kind: 'list', element: any }),
  toset: to({ kind: 'set', element: any }),
  tomap: to({ kind: 'map', element: any }),
  sensitive: { arity: [1, 1], marks: 'own', call: (args) => asSensitive(at(args, 0)) },
  nonsensitive: { arity: [1, 1], marks: 'own', call: (args) => unmarked(at(args, 0)) },
  issensitive: { arity: [1, 1], marks: 'own', call: (args) => asksForMark(at(args, 0)) },
  ephemeralasnull: parts(1, 1, (args) => at(args, 0)),
};
