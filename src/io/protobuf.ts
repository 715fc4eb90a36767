/** A field of a message: what stands under its number. Only texts, bytes and messages are kept; numbers are passed over. */
export type Field = { readonly number: number; readonly bytes: Buffer };

const lengthDelimited = 2;

/** The fields of a message in the wire format of Protocol Buffers; null where it is none. */
export const readFields = (bytes: Buffer): readonly Field[] | null => {
  const fields: Field[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = readVarint(bytes, at);
    const end = tag && endOf(bytes, tag.value % 8, tag.end);
    if (tag === null || end === null || end.end > bytes.length) return null;
    if (tag.value % 8 === lengthDelimited) {
      fields.push({ number: Math.floor(tag.value / 8), bytes: bytes.subarray(end.start, end.end) });
    }
    at = end.end;
  }
  return fields;
};

type Extent = { readonly start: number; readonly end: number };

const endOf = (bytes: Buffer, wireType: number, at: number): Extent | null => {
  switch (wireType) {
    case 0: {
      const number = readVarint(bytes, at);
      return number && { start: at, end: number.end };
    }
    case 1:
      return { start: at, end: at + 8 };
    case lengthDelimited: {
      const length = readVarint(bytes, at);
      return length && { start: length.end, end: length.end + length.value };
    }
    case 5:
      return { start: at, end: at + 4 };
    default:
      return null;
  }
};

const longestVarint = 10;

/** Exact up to 2^53; what is larger is no length of anything here. */
const readVarint = (bytes: Buffer, at: number): { readonly value: number; readonly end: number } | null => {
  let value = 0;
  for (let i = 0; i < longestVarint; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, end: at + i + 1 };
  }
  return null;
};
