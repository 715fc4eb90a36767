import { cpSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { isPlainPath } from './archive-path.ts';
import { isConfigurationName } from './configuration-names.ts';
import { errorCode } from './error-code.ts';

export type UnpackLimits = {
  readonly unpackedBytes: number;
  readonly entries: number;
  /** Of one file: a larger one is left out, and none of a configuration. */
  readonly fileBytes: number;
};

const mebibyte = 1 << 20;

export const unpackLimits: UnpackLimits = { unpackedBytes: 256 * mebibyte, entries: 50_000, fileBytes: 16 * mebibyte };

/**
 * Unpacks the `.tar.gz` of a configuration into an empty directory, and nothing beside it. Links become copies of what
 * they lead to. An archive that leads out of itself is refused as a whole. Null when all is there, else a sentence.
 * Throws what the system says of itself (`ENOSPC`).
 */
export const unpackConfiguration = async (
  packed: AsyncIterable<Uint8Array>,
  directory: string,
  limits: UnpackLimits = unpackLimits,
): Promise<string | null> => {
  const unpacking: Unpacking = { directory, limits, names: new Set(), links: new Map(), faults: [] };
  try {
    return (await readEntries(packed, unpacking)) ?? copyLinked(unpacking);
  } catch (error) {
    const code = errorCode(error);
    if (/^(Z_|ERR_)/.test(code)) return damaged;
    if (ofNames.has(code)) return `The archive of the configuration holds names that no directory can hold (${code}).`;
    throw error;
  }
};

/** What the system says of names that an archive chose: one of a file below another file, or one that is too long. */
const ofNames: ReadonlySet<string> = new Set(['EEXIST', 'EISDIR', 'ENAMETOOLONG', 'ENOTDIR']);

type Unpacking = {
  readonly directory: string;
  readonly limits: UnpackLimits;
  readonly names: Set<string>;
  /** From the name of a link to the name that it leads to. */
  readonly links: Map<string, string>;
  readonly faults: string[];
};

const damaged = 'The archive of the configuration is damaged: it is no .tar.gz, or a part of it is missing.';
const leadsOut = 'The archive of the configuration holds a name that leads out of it.';
const strange = 'The archive of the configuration holds a device, or what else no configuration has.';
const twice = 'The archive of the configuration holds one name twice.';
const tooLarge = (what: string): string => `The configuration is larger than is allowed: ${what}.`;

/** Stops as soon as more comes out than is allowed. */
const readEntries = async (packed: AsyncIterable<Uint8Array>, unpacking: Unpacking): Promise<string | null> => {
  const { limits, faults } = unpacking;
  const parser = new Parser({
    zstd: false,
    brotli: false,
    onReadEntry: (entry) => takeEntry(entry, unpacking),
    onwarn: () => faults.push(damaged),
  });
  parser.on('ignoredEntry', () => faults.push(strange));
  const stream = Readable.from(packed);
  const unpacked = createGunzip();
  stream.on('error', (error) => unpacked.destroy(error));
  let bytes = 0;
  for await (const chunk of stream.pipe(unpacked)) {
    // The parser would unpack it once more, without a limit.
    if (bytes === 0 && chunk[0] === 0x1f && chunk[1] === 0x8b) return damaged;
    bytes += chunk.length;
    if (bytes > limits.unpackedBytes) return tooLarge(`it has more than ${limits.unpackedBytes / mebibyte} MiB`);
    parser.write(chunk);
    if (faults[0] !== undefined) return faults[0];
  }
  parser.end();
  return faults[0] ?? (bytes === 0 ? damaged : null);
};

const takeEntry = (entry: ReadEntry, unpacking: Unpacking): void => {
  const { names, limits, faults } = unpacking;
  const path = entry.path.replace(/^(\.\/)+/, '').replace(/\/$/, '');
  // Whoever reads the configuration marks its top by a `.git` of their own.
  const isPassedOver = path === '' || path === '.' || /^\.git(\/|$)/.test(path);
  const fault = entry.invalid ? damaged : isPassedOver ? null : nameFault(path, names, limits);
  if (fault !== null) faults.push(fault);
  if (faults.length > 0 || isPassedOver) return void entry.resume();
  names.add(path);
  take(entry, path, unpacking);
};

const nameFault = (path: string, names: ReadonlySet<string>, { entries }: UnpackLimits): string | null => {
  if (!isPlainPath(path)) return leadsOut;
  if (names.has(path)) return twice;
  return names.size >= entries ? tooLarge(`it has more than ${entries} files`) : null;
};

const take = (entry: ReadEntry, path: string, { directory, limits, links, faults }: Unpacking): void => {
  switch (entry.type) {
    case 'Directory':
      mkdirSync(join(directory, path), { recursive: true, mode: 0o700 });
      return void entry.resume();
    case 'SymbolicLink':
    case 'Link': {
      const target = targetOf(entry, path);
      if (target === null) faults.push(leadsOut);
      else links.set(path, target);
      return void entry.resume();
    }
    case 'File':
    case 'OldFile':
    case 'ContiguousFile':
      if (entry.size > limits.fileBytes) leaveOut(entry, path, faults);
      else collect(entry, join(directory, path));
      break;
    default:
      faults.push(strange);
      entry.resume();
  }
};

const leaveOut = (entry: ReadEntry, path: string, faults: string[]): void => {
  if (isConfigurationName(posix.basename(path))) faults.push(tooLarge('one of its files is'));
  entry.resume();
};

const collect = (entry: ReadEntry, file: string): void => {
  const chunks: Buffer[] = [];
  entry.on('data', (chunk) => chunks.push(chunk));
  entry.on('end', () => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, Buffer.concat(chunks), { flag: 'wx', mode: 0o600 });
  });
};

/** A symbolic link counts from where it stands, a hard one from the top. Null for what leads out. */
const targetOf = ({ type, linkpath = '' }: ReadEntry, path: string): string | null => {
  if (linkpath === '' || linkpath.startsWith('/')) return null;
  const target = posix.normalize(type === 'Link' ? linkpath : posix.join(posix.dirname(path), linkpath));
  const plain = target.replace(/\/$/, '');
  return plain === '.' || isPlainPath(plain) ? plain : null;
};

/** What a link leads to may come behind it, or be a link as well; each turn needs one that could be followed. */
const copyLinked = ({ directory, links, limits }: Unpacking): string | null => {
  let open = [...links];
  let room = limits.unpackedBytes;
  for (;;) {
    const ready = open.find((link) => canFollow(link, directory));
    if (ready === undefined) break;
    const [path, target] = [join(directory, ready[0]), join(directory, ready[1])];
    // Links to directories that hold links double with each step.
    room -= sizeOf(target);
    if (room < 0) return tooLarge('its links lead to too much');
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    cpSync(target, path, { recursive: true, errorOnExist: true, force: false });
    open = open.filter((link) => link !== ready);
  }
  return open.some(([path]) => isConfigurationName(posix.basename(path)))
    ? 'A file of the configuration is a link that leads to nothing.'
    : null;
};

/** What holds the link cannot be copied into it. */
const canFollow = ([path, target]: readonly [string, string], directory: string): boolean =>
  target !== '.' && !path.startsWith(`${target}/`) && isThere(join(directory, target));

/** Of a file or of all in a directory, with something for the name of each. */
const sizeOf = (path: string): number => {
  const found = statSync(path);
  const inside = found.isDirectory() ? readdirSync(path).map((name) => sizeOf(join(path, name))) : [found.size];
  return inside.reduce((sum, size) => sum + size, 4096);
};

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;
