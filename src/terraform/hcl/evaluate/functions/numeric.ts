import type { Symbolic } from '../../symbolic.ts';
import { failure, lost, scalar } from '../../values.ts';
import { binary } from '../operators.ts';
import { computedFrom } from '../scalars.ts';
import { at, ofNumbers, withItems, withNumbers, withTexts } from './arguments.ts';
import { type FunctionTable, whole } from './context.ts';

const many = Number.POSITIVE_INFINITY;

/** Also takes one list that is expanded: `max(list...)` arrives as arguments. */
const extreme = (pick: (...numbers: readonly number[]) => number) =>
  whole(1, many, (args) => withNumbers(args, (...numbers) => scalar(pick(...numbers))));

const sum = (value: Symbolic): Symbolic =>
  withItems(value, (items) => {
    if (items.length === 0) return failure('sum()');
    return items.reduce((total, one) => binary('+', total, one));
  });

const isNumeral = (text: string, base: number): boolean =>
  text !== '' &&
  [...text.toLowerCase()].every((character) => {
    const value = '0123456789abcdefghijklmnopqrstuvwxyz'.indexOf(character);
    return value >= 0 && value < base;
  });

const parseInteger = (args: readonly Symbolic[]): Symbolic => {
  const [text, base] = [at(args, 0), at(args, 1)];
  if (text.kind === 'known' && typeof text.value !== 'string') return failure('parseint()');
  return withTexts([text], (digits = '') =>
    // Bases above 36 tell capitals from small letters.
    withNumbers([base], (known = 10) => (known > 36 && known <= 62 ? computedFrom(args) : integer(digits, known))),
  );
};

const integer = (text: string, base: number): Symbolic => {
  const isBase = base >= 2 && base <= 36 && Number.isInteger(base);
  if (!isBase || !isNumeral(text.replace(/^[+-]/, ''), base)) return failure('parseint()');
  const value = Number.parseInt(text, base);
  return Number.isSafeInteger(value) ? scalar(value === 0 ? 0 : value) : lost('parseint()');
};

const zeroSafe = (value: number): number => (value === 0 ? 0 : value);

export const numberFunctions: FunctionTable = {
  abs: ofNumbers(1, (value = 0) => Math.abs(value)),
  ceil: ofNumbers(1, (value = 0) => zeroSafe(Math.ceil(value))),
  floor: ofNumbers(1, (value = 0) => zeroSafe(Math.floor(value))),
  signum: ofNumbers(1, (value = 0) => zeroSafe(Math.sign(value))),
  log: ofNumbers(2, (value = 1, base = 10) => zeroSafe(Math.log(value) / Math.log(base))),
  pow: ofNumbers(2, (value = 0, power = 1) => value ** power),
  max: extreme(Math.max),
  min: extreme(Math.min),
  sum: whole(1, 1, (args) => sum(at(args, 0))),
  parseint: whole(2, 2, parseInteger),
};
