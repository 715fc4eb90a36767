import { isExact, numberText } from '../numbers.ts';

/** One verb of a format: `%-10.2f`. */
export type Verb = {
  readonly letter: string;
  readonly flags: string;
  readonly width: number | null;
  readonly precision: number | null;
  /** Number of the argument from one, where it is written: `%[2]s`. */
  readonly argument: number | null;
};

/** Widths beyond this are no text that anybody wants. */
const widest = 10_000;

export const pad = (text: string, { width, flags }: Verb): string => {
  const missing = Math.min(width ?? 0, widest) - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes('-')) return text + ' '.repeat(missing);
  return (flags.includes('0') ? '0' : ' ').repeat(missing) + text;
};

/** Zeros stand behind the sign. */
const padNumber = (text: string, verb: Verb): string => {
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/.exec(text) ?? [];
  const signed = sign === '' && verb.flags.includes('+') ? `+${digits}` : text;
  const spaced = sign === '' && signed === text && verb.flags.includes(' ') ? ` ${text}` : signed;
  const isZeroed = verb.flags.includes('0') && !verb.flags.includes('-');
  if (!isZeroed) return pad(spaced, { ...verb, flags: verb.flags.replaceAll('0', '') });
  const head = spaced.length > digits.length ? spaced.slice(0, spaced.length - digits.length) : '';
  return head + digits.padStart(Math.min(verb.width ?? 0, widest) - head.length, '0');
};

const bases: Readonly<Record<string, number>> = { d: 10, b: 2, o: 8, x: 16, X: 16 };

const mostDecimals = 100;

/** Undefined where there is no such verb for the number, null where its digits are not all known. */
export const formatNumber = (value: number, verb: Verb): string | null | undefined => {
  const base = bases[verb.letter];
  if (base !== undefined) return formatInteger(value, base, verb);
  const text = formatReal(value, verb);
  return typeof text === 'string' ? padNumber(text, verb) : text;
};

const formatInteger = (value: number, base: number, verb: Verb): string | null | undefined => {
  if (!Number.isInteger(value)) return undefined;
  if (!Number.isSafeInteger(value)) return null;
  const text = value.toString(base);
  return padNumber(verb.letter === 'X' ? text.toUpperCase() : text, verb);
};

/** Large and small numbers have an exponent. */
const shortest = (value: number, letter: string): string | null => {
  const exponent = value === 0 ? 0 : Number(value.toExponential().split('e')[1]);
  if (exponent >= -4 && exponent < 6) return numberText(value);
  const text = paddedExponent(value.toExponential());
  return letter === 'G' ? text.toUpperCase() : text;
};

/** Of two digits, at least. */
const paddedExponent = (text: string): string => text.replace(/e([+-])(\d)$/, 'e$10$2');

/**
 * Halves go to the even neighbour. What is a half in decimal and not in binary is left open: it depends on how many
 * binary digits are kept.
 */
const fixed = (value: number, precision: number): string | null => {
  const [whole = '0', fraction = ''] = (numberText(value) ?? '').split('.');
  if (fraction.length !== precision + 1 || !fraction.endsWith('5')) return value.toFixed(precision);
  if (!Number.isInteger(value * 1024)) return null;
  const kept = `${whole}${fraction.slice(0, -1)}`;
  const isEven = Number(kept.at(-1)) % 2 === 0;
  return isEven ? `${whole}${precision === 0 ? '' : '.'}${fraction.slice(0, -1)}` : value.toFixed(precision);
};

const formatReal = (value: number, { letter, precision }: Verb): string | null | undefined => {
  if ((precision ?? 0) > mostDecimals) return null;
  switch (letter) {
    case 'f':
    case 'F':
      return Math.abs(value) < 1e21 ? fixed(value, precision ?? 6) : null;
    case 'e':
    case 'E': {
      const text = paddedExponent(value.toExponential(precision ?? 6));
      return letter === 'E' ? text.toUpperCase() : text;
    }
    case 'g':
    case 'G':
      return precision === null && isExact(value) ? shortest(value, letter) : null;
    default:
      return undefined;
  }
};
