/** Addresses of networks, as numbers. */

export type Network = { readonly bits: 32 | 128; readonly address: bigint; readonly length: number };

export const parseNetwork = (text: string): Network | null => {
  const [address = '', length = '', ...more] = text.split('/');
  if (more.length > 0 || !/^\d{1,3}$/.test(length)) return null;
  const parsed = address.includes(':') ? parseV6(address) : parseV4(address);
  if (parsed === null) return null;
  const bits = address.includes(':') ? 128 : 32;
  if (Number(length) > bits) return null;
  return { bits, address: withoutHost(parsed, bits, Number(length)), length: Number(length) };
};

const withoutHost = (address: bigint, bits: number, length: number): bigint => {
  const host = BigInt(bits - length);
  return (address >> host) << host;
};

const parseV4 = (text: string): bigint | null => {
  const parts = text.split('.');
  const isAddress = parts.length === 4 && parts.every((part) => /^\d{1,9}$/.test(part) && Number(part) < 256);
  return isAddress ? parts.reduce((value, part) => (value << 8n) + BigInt(part), 0n) : null;
};

const parseV6 = (text: string): bigint | null => {
  const halves = text.split('::');
  if (halves.length > 2 || /[^0-9A-Fa-f:]/.test(text)) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return null;
  return groups.reduce((value, group) => (value << 16n) + BigInt(`0x${group}`), 0n);
};

export const addressText = (address: bigint, bits: 32 | 128): string =>
  bits === 32 ? groupsOf(address, 4, 8n).join('.') : shortened(groupsOf(address, 8, 16n));

const groupsOf = (address: bigint, count: number, size: bigint): readonly number[] =>
  Array.from({ length: count }, (_, at) => Number((address >> (size * BigInt(count - 1 - at))) & ((1n << size) - 1n)));

/** The first of the longest rows of zeros is left out. Source: RFC 5952. */
const shortened = (groups: readonly number[]): string => {
  const texts = groups.map((group) => group.toString(16));
  const runs = groups
    .map((_, at) => groups.slice(at).findIndex((group) => group !== 0))
    .map((run, at) => (run < 0 ? 8 - at : run));
  const longest = Math.max(...runs);
  if (longest < 2) return texts.join(':');
  const start = runs.indexOf(longest);
  return `${texts.slice(0, start).join(':')}::${texts.slice(start + longest).join(':')}`;
};
