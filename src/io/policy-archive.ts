import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { refusal } from '../model/diagnostic.ts';
import { isPlainPath } from './archive-path.ts';
import { errorCode } from './error-code.ts';
import { isBesideName, isPassedOver, isPolicyName } from './policy-names.ts';
import type { PolicyFolder, PolicyText } from './read-policy-folder.ts';

export type ArchiveLimits = {
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly entries: number;
  /** Of one policy. */
  readonly fileBytes: number;
};

const mebibyte = 1 << 20;

/** No package of policies comes near; what is beyond is a mistake, or meant to exhaust whoever reads it. */
export const archiveLimits: ArchiveLimits = {
  packedBytes: 16 * mebibyte,
  unpackedBytes: 128 * mebibyte,
  entries: 10_000,
  fileBytes: mebibyte,
};

/**
 * The policies in a package as `npm pack` makes it. Nothing is written to the disk. What npm would not have packed, such
 * as links and names that lead out of the package, makes the whole of it refused: it was made to deceive somebody.
 */
export const readPolicyArchive = (path: string, limits: ArchiveLimits = archiveLimits): PolicyFolder => {
  const bytes = readPacked(path, limits);
  if (typeof bytes === 'string') return refuse(path, bytes);
  const unpacked = unpack(bytes, limits);
  if (typeof unpacked === 'string') return refuse(path, unpacked);
  const files = readEntries(unpacked, path, limits);
  if (typeof files === 'string') return refuse(path, files);
  if (!files.some((file) => isPolicyName(posix.basename(file.path)))) {
    return refuse(path, 'There is no policy.yaml in this package.');
  }
  return { ok: true, files: [...files].sort((left, right) => (left.path < right.path ? -1 : 1)) };
};

const readPacked = (path: string, { packedBytes }: ArchiveLimits): Buffer | string => {
  try {
    if (statSync(path).size > packedBytes) return `This package is larger than ${packedBytes / mebibyte} MiB.`;
    return readFileSync(path);
  } catch (error) {
    return `This package cannot be read (${errorCode(error)}).`;
  }
};

/** Stops as soon as more comes out than is allowed. */
const unpack = (bytes: Buffer, { unpackedBytes }: ArchiveLimits): Buffer | string => {
  try {
    const unpacked = gunzipSync(bytes, { maxOutputLength: unpackedBytes });
    // The parser would unpack it once more, without a limit.
    return isGzip(unpacked) ? damaged : unpacked;
  } catch (error) {
    return errorCode(error) === 'ERR_BUFFER_TOO_LARGE'
      ? `This package unpacks to more than ${unpackedBytes / mebibyte} MiB.`
      : 'This package is damaged: it cannot be unpacked.';
  }
};

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

const strangeEntry = 'This package holds a link or a device, or what else npm pack never packs.';
const damaged = 'This package is damaged: it is no tar archive, or a part of it is missing.';

/** The text of every policy, or what is wrong. The parser works on what it is given before `end` returns. */
const readEntries = (bytes: Buffer, archive: string, limits: ArchiveLimits): readonly PolicyText[] | string => {
  const files = new Map<string, readonly Buffer[]>();
  const faults: string[] = [];
  const seen = new Set<string>();
  const look = (entry: ReadEntry): void => {
    const fault = seen.size >= limits.entries ? tooMany(limits) : entryFault(entry, seen, limits);
    if (fault !== null) faults.push(fault);
    seen.add(entry.path);
    if (fault !== null || !isWanted(entry)) return void entry.resume();
    const chunks: Buffer[] = [];
    files.set(entry.path, chunks);
    entry.on('data', (chunk) => chunks.push(chunk));
  };
  const parser = new Parser({ zstd: false, brotli: false, onReadEntry: look, onwarn: () => faults.push(damaged) });
  parser.on('ignoredEntry', () => faults.push(strangeEntry));
  try {
    parser.end(bytes);
  } catch {
    faults.push(damaged);
  }
  return faults[0] ?? textsOf(files, archive);
};

const tooMany = ({ entries }: ArchiveLimits): string => `This package has more than ${entries} entries.`;

const plainTypes: ReadonlySet<string> = new Set(['File', 'OldFile', 'Directory']);

const entryFault = (
  { type, path, size, invalid }: ReadEntry,
  seen: ReadonlySet<string>,
  { fileBytes }: ArchiveLimits,
): string | null => {
  if (invalid) return damaged;
  if (!plainTypes.has(type)) return strangeEntry;
  if (!isInside(path)) return 'This package holds a name that leads out of it, or is not below package/.';
  if (seen.has(path)) return 'This package holds one name twice.';
  return isWantedName(path) && size > fileBytes
    ? `This package holds a policy that is larger than ${fileBytes / mebibyte} MiB.`
    : null;
};

/** `package/…`, as npm names everything. */
const isInside = (path: string): boolean => {
  const [first, ...rest] = path.replace(/\/$/, '').split('/');
  return first === 'package' && (rest.length === 0 || isPlainPath(rest.join('/')));
};

const isWanted = ({ type, path }: ReadEntry): boolean => type !== 'Directory' && isWantedName(path);

const isWantedName = (path: string): boolean => {
  const name = posix.basename(path);
  return (isPolicyName(name) || isBesideName(name)) && !path.split('/').some(isPassedOver);
};

const textsOf = (files: ReadonlyMap<string, readonly Buffer[]>, archive: string): readonly PolicyText[] | string => {
  const contents = [...files].map(([path, chunks]) => ({ path: `${archive}/${path}`, bytes: Buffer.concat(chunks) }));
  const strange = contents.find(({ bytes }) => !isUtf8(bytes));
  return strange === undefined
    ? contents.map(({ path, bytes }) => ({ path, text: bytes.toString('utf8') }))
    : `${posix.basename(posix.dirname(strange.path))}/${posix.basename(strange.path)} in it is not text in UTF-8.`;
};

const refuse = (path: string, summary: string): PolicyFolder => ({
  ok: false,
  diagnostic: refusal(path, 'policy-archive-invalid', summary, 'Give a directory, or the .tgz that npm pack makes.'),
});
