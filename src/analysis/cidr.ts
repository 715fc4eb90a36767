/** A CIDR block as the numbers of its first and last address. */
export type Block = { readonly bits: 32 | 128; readonly first: bigint; readonly last: bigint };

/** Reads a CIDR block of either family; null where the text is none, as the id of a prefix list. */
export const parseBlock = (text: string): Block | null => {
  const [address = '', length = ''] = text.split('/');
  const bits = address.includes(':') ? 128 : 32;
  const value = bits === 32 ? parseIpv4(address) : parseIpv6(address);
  if (value === null || !/^\d{1,3}$/.test(length) || Number(length) > bits) return null;
  const host = BigInt(bits - Number(length));
  const first = (value >> host) << host;
  return { bits, first, last: first + (1n << host) - 1n };
};

export const contains = (outer: Block, inner: Block): boolean =>
  outer.bits === inner.bits && outer.first <= inner.first && inner.last <= outer.last;

export const overlaps = (a: Block, b: Block): boolean => a.bits === b.bits && a.first <= b.last && b.first <= a.last;

const joinNumbers = (numbers: readonly number[], width: bigint): bigint =>
  numbers.reduce((sum, number) => (sum << width) + BigInt(number), 0n);

const parseIpv4 = (text: string): bigint | null => {
  const parts = text.split('.');
  const numbers = parts.map(Number);
  const fits = parts.length === 4 && parts.every((part, i) => /^\d{1,3}$/.test(part) && (numbers[i] ?? 256) < 256);
  return fits ? joinNumbers(numbers, 8n) : null;
};

const groupsOfIpv6 = 8;

const parseIpv6 = (text: string): bigint | null => {
  const halves = text.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const written = halves.flat();
  const gap = groupsOfIpv6 - written.length;
  if (halves.length > 2 || (halves.length === 2 ? gap < 1 : gap !== 0)) return null;
  if (!written.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  const [head = [], tail = []] = halves;
  const zeros = Array.from({ length: gap }, () => '0');
  return joinNumbers(
    [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16)),
    16n,
  );
};
