type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Null where the bytes are no MessagePack, or hold what is no JSON: an unknown value, or binary data. */
export const decodeMsgpack = (bytes: Buffer): { readonly value: Json } | null => {
  try {
    const cursor: Cursor = { bytes, at: 0 };
    const value = read(cursor, 0);
    return cursor.at === bytes.length ? { value } : null;
  } catch (error) {
    // A Buffer throws where a length leads beyond it.
    if (error instanceof RangeError) return null;
    throw error;
  }
};

type Cursor = { readonly bytes: Buffer; at: number };

const deepest = 100;

const take = (cursor: Cursor, length: number): number => {
  const { at } = cursor;
  if (at + length > cursor.bytes.length) throw new RangeError('ends in the middle');
  cursor.at += length;
  return at;
};

const number = (cursor: Cursor, size: 1 | 2 | 4): number => cursor.bytes.readUIntBE(take(cursor, size), size);

const text = (cursor: Cursor, length: number): string => {
  const at = take(cursor, length);
  return cursor.bytes.toString('utf8', at, at + length);
};

const list = (cursor: Cursor, length: number, depth: number): Json => {
  const items: Json[] = [];
  for (let i = 0; i < length; i++) items.push(read(cursor, depth + 1));
  return items;
};

const object = (cursor: Cursor, length: number, depth: number): Json => {
  const entries: (readonly [string, Json])[] = [];
  for (let i = 0; i < length; i++) entries.push([String(read(cursor, depth + 1)), read(cursor, depth + 1)]);
  return Object.fromEntries(entries);
};

/** https://github.com/msgpack/msgpack/blob/master/spec.md */
const read = (cursor: Cursor, depth: number): Json => {
  if (depth > deepest) throw new RangeError('too deep');
  const head = number(cursor, 1);
  if (head < 0x80) return head;
  if (head < 0x90) return object(cursor, head & 0x0f, depth);
  if (head < 0xa0) return list(cursor, head & 0x0f, depth);
  if (head < 0xc0) return text(cursor, head & 0x1f);
  if (head >= 0xe0) return head - 0x100;
  const wide = readers.get(head);
  // An extension of cty stands for what is unknown; MessagePack's own are not used.
  if (wide === undefined) throw new RangeError('no JSON');
  return wide(cursor, depth);
};

type Read = (cursor: Cursor, depth: number) => Json;

const readers = new Map<number, Read>([
  [0xc0, () => null],
  [0xc2, () => false],
  [0xc3, () => true],
  [0xca, (cursor) => cursor.bytes.readFloatBE(take(cursor, 4))],
  [0xcb, (cursor) => cursor.bytes.readDoubleBE(take(cursor, 8))],
  [0xcc, (cursor) => number(cursor, 1)],
  [0xcd, (cursor) => number(cursor, 2)],
  [0xce, (cursor) => number(cursor, 4)],
  [0xcf, (cursor) => Number(cursor.bytes.readBigUInt64BE(take(cursor, 8)))],
  [0xd0, (cursor) => cursor.bytes.readInt8(take(cursor, 1))],
  [0xd1, (cursor) => cursor.bytes.readInt16BE(take(cursor, 2))],
  [0xd2, (cursor) => cursor.bytes.readInt32BE(take(cursor, 4))],
  [0xd3, (cursor) => Number(cursor.bytes.readBigInt64BE(take(cursor, 8)))],
  [0xd9, (cursor) => text(cursor, number(cursor, 1))],
  [0xda, (cursor) => text(cursor, number(cursor, 2))],
  [0xdb, (cursor) => text(cursor, number(cursor, 4))],
  // cty writes the type of a value of no fixed type in binary, as JSON.
  [0xc4, (cursor) => text(cursor, number(cursor, 1))],
  [0xc5, (cursor) => text(cursor, number(cursor, 2))],
  [0xc6, (cursor) => text(cursor, number(cursor, 4))],
  [0xdc, (cursor, depth) => list(cursor, number(cursor, 2), depth)],
  [0xdd, (cursor, depth) => list(cursor, number(cursor, 4), depth)],
  [0xde, (cursor, depth) => object(cursor, number(cursor, 2), depth)],
  [0xdf, (cursor, depth) => object(cursor, number(cursor, 4), depth)],
]);
