import { isUtf8 } from 'node:buffer';
import { crc32, inflateRawSync } from 'node:zlib';
import { type DeclaredEntry, readDirectory } from './zip-directory.ts';

export type ZipLimits = {
  readonly entries: number;
  /** Of all entries together, unpacked. */
  readonly totalBytes: number;
  /** How many times larger than packed an entry may be; of those above a mebibyte. */
  readonly ratio: number;
};

const mebibyte = 1 << 20;

const zipLimits: ZipLimits = { entries: 5000, totalBytes: 256 * mebibyte, ratio: 200 };

export type ZipEntry = {
  readonly size: number;
  /** Unpacked; null where it is not what the archive declares. */
  readonly read: () => Buffer | null;
};

export type ZipArchive =
  | { readonly ok: true; readonly entries: ReadonlyMap<string, ZipEntry> }
  /** What is wrong, in words that end `This archive …`. */
  | { readonly ok: false; readonly problem: string };

/**
 * Opens an archive that need not be trusted. Nothing is unpacked, and the whole is refused where one entry is not what
 * Terraform's own archives hold: plain files under relative names.
 */
export const openZip = (bytes: Buffer, limits: ZipLimits = zipLimits): ZipArchive => {
  const directory = readDirectory(bytes, limits.entries);
  if (directory === 'too many') return refuse(`holds more than ${limits.entries} files`);
  if (directory === null) return refuse('is damaged, or was cut off');
  const names = directory.entries.map(({ name }) => name.toString('utf8'));
  const problem =
    directory.entries.map((entry) => problemOf(entry, limits)).find((found) => found !== null) ??
    problemOfAll(directory.entries, names, limits);
  if (problem !== null) return refuse(problem);
  const packed = locateAll(bytes.subarray(0, directory.start), directory.entries);
  if (packed === null) return refuse('is damaged: its list of files and its files differ');
  return { ok: true, entries: new Map(names.map((name, i) => [name, entryOf(directory.entries[i], packed[i])])) };
};

const refuse = (problem: string): ZipArchive => ({ ok: false, problem });

const encrypted = 0x2041;
const stored = 0;
const deflated = 8;

const fileKind = 0o170000;
const regular = 0o100000;
const folder = 0o040000;

const problemOf = (entry: DeclaredEntry, limits: ZipLimits): string | null => {
  const kind = entry.mode & fileKind;
  if (!isSafeName(entry.name)) return 'holds a file under a name that could lead out of it';
  if (kind !== 0 && kind !== regular && kind !== folder) return 'holds a link or a device';
  if ((entry.flags & encrypted) !== 0) return 'holds an encrypted file';
  if (entry.method !== stored && entry.method !== deflated) return 'is packed in a way that Terraform does not use';
  if (entry.method === stored && entry.size !== entry.packedSize) return 'is damaged: sizes differ';
  const isBomb = entry.size > mebibyte && entry.size > limits.ratio * entry.packedSize;
  return isBomb ? `holds a file that unpacks to more than ${limits.ratio} times its size` : null;
};

/** Relative, and no step upwards; in the notation of Windows too, and without what a terminal would obey. */
const isSafeName = (bytes: Buffer): boolean => {
  if (bytes.length === 0 || !isUtf8(bytes)) return false;
  const name = bytes.toString('utf8');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (/[\u0000-\u001f\u007f\\]|^\/|^[a-z]:/i.test(name)) return false;
  return name.replace(/\/$/, '').split('/').every(isSafeStep);
};

const isSafeStep = (step: string): boolean => step !== '' && step !== '.' && step !== '..';

const problemOfAll = (
  entries: readonly DeclaredEntry[],
  names: readonly string[],
  limits: ZipLimits,
): string | null => {
  if (new Set(names).size < names.length) return 'holds two files of the same name';
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  return total > limits.totalBytes ? `unpacks to more than ${limits.totalBytes / mebibyte} MiB` : null;
};

const localSignature = 0x04034b50;
const localLength = 30;

/** The packed bytes of each entry; null where two share some, or where one is not where the directory says. */
const locateAll = (bytes: Buffer, entries: readonly DeclaredEntry[]): readonly Buffer[] | null => {
  const packed = entries.map((entry) => locate(bytes, entry));
  const places = entries.map(({ at }, i) => [at, packed[i]?.byteOffset ?? 0, packed[i]?.length ?? 0] as const);
  let free = 0;
  for (const [at, start, length] of [...places].sort(([a], [b]) => a - b)) {
    if (at < free) return null;
    free = start - bytes.byteOffset + length;
  }
  const found = packed.flatMap((data) => data ?? []);
  return found.length === entries.length ? found : null;
};

const locate = (bytes: Buffer, { at, name, packedSize, flags, method }: DeclaredEntry): Buffer | null => {
  if (at + localLength > bytes.length || bytes.readUInt32LE(at) !== localSignature) return null;
  const nameStart = at + localLength;
  const nameEnd = nameStart + bytes.readUInt16LE(at + 26);
  const start = nameEnd + bytes.readUInt16LE(at + 28);
  const isSame =
    bytes.readUInt16LE(at + 6) === flags &&
    bytes.readUInt16LE(at + 8) === method &&
    bytes.subarray(nameStart, nameEnd).equals(name);
  return isSame && start + packedSize <= bytes.length ? bytes.subarray(start, start + packedSize) : null;
};

const entryOf = (entry: DeclaredEntry | undefined, packed: Buffer | undefined): ZipEntry => ({
  size: entry?.size ?? 0,
  read: () => (entry === undefined || packed === undefined ? null : unpack(entry, packed)),
});

const unpack = ({ method, size, crc }: DeclaredEntry, packed: Buffer): Buffer | null => {
  const bytes = method === stored ? packed : inflate(packed, size);
  return bytes?.length === size && crc32(bytes) === crc ? bytes : null;
};

/** Stops as soon as more comes out than was declared. */
const inflate = (packed: Buffer, size: number): Buffer | null => {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    return null;
  }
};
