/**
 * Numbers as Terraform writes them.
 *
 * Terraform computes with 512 bits, this with 53: a number is trusted as far as its first 15 digits say all of it.
 */

const digits = 15;

/** Rounds away what binary fractions add: `0.1 + 0.2`. */
export const rounded = (value: number): number =>
  Number.isSafeInteger(value) ? value : Number(value.toPrecision(digits));

/** Whether the decimal notation of the number is the number itself. */
export const isExact = (value: number): boolean => Number.isSafeInteger(value) || rounded(value) === value;

/** The number as text; null where Terraform would write more digits than are known. */
export const numberText = (value: number): string | null => {
  if (!(Number.isFinite(value) && isExact(value))) return null;
  if (value === 0) return '0';
  return spellOut(String(value));
};

/** Terraform writes no exponents. */
const spellOut = (text: string): string => {
  const parts = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (parts === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const point = whole.length + Number(exponent);
  const all = whole + fraction;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${all}`;
  return `${sign}${all.padEnd(point, '0')}`;
};

const numeral = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A text as a number: `'wrong'` where it is none, `'unknown'` where it has more digits than are kept here. */
export const parseNumber = (text: string): number | 'unknown' | 'wrong' => {
  if (!numeral.test(text)) return 'wrong';
  const value = Number(text);
  if (/^[+-]?\d+$/.test(text)) return Number.isSafeInteger(value) ? value : 'unknown';
  const mantissa = text.replace(/[eE].*$/, '').replaceAll(/[+.-]/g, '');
  const significant = mantissa.replace(/^0+/, '');
  return significant.length <= digits && Number.isFinite(value) ? value : 'unknown';
};

/** A key of a map, which is always a text. */
export const keyText = (value: string | number | boolean): string =>
  (typeof value === 'number' ? numberText(value) : null) ?? String(value);
