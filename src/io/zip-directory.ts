/** One entry of the central directory of a zip archive, as it is declared there. */
export type DeclaredEntry = {
  readonly name: Buffer;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** Permissions and kind of file as Unix has them; 0 where another system made the archive. */
  readonly mode: number;
  /** Where the entry begins, with its own header. */
  readonly at: number;
};

/** Where the central directory ends, and the entries begin that it lists. */
export type Directory = { readonly entries: readonly DeclaredEntry[]; readonly start: number };

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endLength = 22;
const entryLength = 46;

/**
 * The central directory; null where it is not exactly what a program writes in one go: at the end of the file, complete,
 * and of one disk. Archives beyond 4 GB (zip64) are none of ours. APPNOTE.TXT 6.3.10, 4.3.12 and 4.3.16.
 */
export const readDirectory = (bytes: Buffer, maximum: number): Directory | 'too many' | null => {
  const end = bytes.length - endLength;
  // Go writes no comment, and with one an end could be hidden in it.
  if (end < 0 || bytes.readUInt32LE(end) !== endSignature) return null;
  const count = bytes.readUInt16LE(end + 10);
  const size = bytes.readUInt32LE(end + 12);
  const start = bytes.readUInt32LE(end + 16);
  const isWhole = bytes.readUInt32LE(end + 4) === 0 && bytes.readUInt16LE(end + 8) === count;
  if (!isWhole || start + size !== end) return null;
  if (count > maximum) return 'too many';
  const entries = readEntries(bytes.subarray(start, end), count);
  return entries && { entries, start };
};

const readEntries = (bytes: Buffer, count: number): readonly DeclaredEntry[] | null => {
  const entries: DeclaredEntry[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + entryLength > bytes.length || bytes.readUInt32LE(at) !== entrySignature) return null;
    const name = at + entryLength;
    const nameEnd = name + bytes.readUInt16LE(at + 28);
    const next = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (next > bytes.length) return null;
    entries.push(declared(bytes, at, bytes.subarray(name, nameEnd)));
    at = next;
  }
  return entries.length === count ? entries : null;
};

const declared = (bytes: Buffer, at: number, name: Buffer): DeclaredEntry => ({
  name,
  flags: bytes.readUInt16LE(at + 8),
  method: bytes.readUInt16LE(at + 10),
  crc: bytes.readUInt32LE(at + 16),
  packedSize: bytes.readUInt32LE(at + 20),
  size: bytes.readUInt32LE(at + 24),
  mode: bytes.readUInt16LE(at + 40),
  at: bytes.readUInt32LE(at + 42),
});
