import { type Dirent, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { configurationNames } from './configuration-names.ts';
import { readRegular, sourceLimits, textOf } from './read-text.ts';

/** A directory with configuration of Terraform, or with what makes some. Paths have `/` and begin at the root. */
export type Folder = {
  readonly path: string;
  /** Names of the files of its module, sorted. */
  readonly files: readonly string[];
  /** Names of all that is in it. */
  readonly names: ReadonlySet<string>;
};

/** A directory that nobody looked into. */
export type PassedOver = {
  readonly path: string;
  readonly why: 'name' | 'unreadable' | 'repository' | 'too-deep' | 'too-many';
};

export type FoundFolders = { readonly folders: readonly Folder[]; readonly passedOver: readonly PassedOver[] };

type Limits = { readonly depth: number; readonly folders: number };

/** Beyond these nobody has written the directories by hand. */
const usualLimits: Limits = { depth: 12, folders: 20_000 };

/** Files that say of a directory that other programs make configuration of it. */
export const unitNames = ['terragrunt.hcl', 'terragrunt.stack.hcl'] as const;
export const synthesizerName = 'cdktf.json';

/** Every directory with configuration at `start` and below it. */
export const findFolders = (root: string, start: string, limits: Limits = usualLimits): FoundFolders => {
  if (unwritable.test(start)) return { folders: [], passedOver: [{ path: start, why: 'name' }] };
  const walk: Walk = { root, limits, open: [{ path: start, depth: 0 }], folders: [], passedOver: [], made: new Set() };
  // It grows while it is gone through.
  for (const place of walk.open) enter(walk, place);
  const { folders, passedOver } = walk;
  return { folders, passedOver };
};

type Place = { readonly path: string; readonly depth: number };

type Walk = {
  readonly root: string;
  readonly limits: Limits;
  readonly open: Place[];
  readonly folders: Folder[];
  readonly passedOver: PassedOver[];
  /** Directories that CDKTF writes. */
  readonly made: Set<string>;
};

const enter = (walk: Walk, { path, depth }: Place): void => {
  const { root, limits, open, folders, passedOver, made } = walk;
  const entries = entriesOf(join(root, path));
  if (entries === null) {
    passedOver.push({ path, why: 'unreadable' });
    return;
  }
  // A build runner need not bring submodules.
  if (depth > 0 && entries.some(({ name }) => name === '.git')) {
    passedOver.push({ path, why: 'repository' });
    return;
  }
  const folder = folderOf(path, entries);
  if (folder !== null) folders.push(folder);
  if (folder?.names.has(synthesizerName) === true) made.add(outputOf(root, path));
  for (const below of directoriesIn(path, entries).filter((directory) => !made.has(directory))) {
    const why = whyNot(below, depth === limits.depth, open.length < limits.folders);
    if (why === null) open.push({ path: below, depth: depth + 1 });
    else passedOver.push({ path: below, why });
  }
};

/** But hidden ones, what package managers and synthesizers bring, and what nobody applies. */
const directoriesIn = (path: string, entries: readonly Dirent[]): readonly string[] =>
  entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => !/^(?:\..*|node_modules|cdktf\.out|examples?|tests|testdata|fixtures)$/s.test(name))
    .map((name) => posix.join(path, name));

const whyNot = (path: string, isDeepest: boolean, hasRoom: boolean): PassedOver['why'] | null => {
  if (unwritable.test(path)) return 'name';
  if (isDeepest) return 'too-deep';
  return hasRoom ? null : 'too-many';
};

/**
 * What may stand in no file that is written by lines and read by people: controls, separators of lines (YAML 1.1 ends a
 * line at U+0085, U+2028 and U+2029), what is invisible or turns the order of writing, and what stands for bytes that
 * are no UTF-8.
 */
const unwritable = /[\p{C}\p{Zl}\p{Zp}\ufffd]/u;

const folderOf = (path: string, entries: readonly Dirent[]): Folder | null => {
  // A link may lead to anything, and is looked at when it is read.
  const files = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink()).map(({ name }) => name);
  const names = new Set(entries.map(({ name }) => name));
  const configuration = configurationNames(files);
  const isAny = configuration.length > 0 || [...unitNames, synthesizerName].some((name) => names.has(name));
  return isAny ? { path, files: configuration, names } : null;
};

/** The directory that CDKTF writes into. */
const outputOf = (root: string, path: string): string => {
  const bytes = readRegular(join(root, path, synthesizerName), sourceLimits.fileBytes);
  const read = Buffer.isBuffer(bytes) ? textOf(bytes) : bytes;
  return posix.join(path, (read.ok ? outputIn(read.text) : null) ?? 'cdktf.out').replace(/\/$/, '');
};

const outputIn = (text: string): string | null => {
  try {
    const { output } = JSON.parse(text);
    return typeof output === 'string' ? output : null;
  } catch {
    return null;
  }
};

const entriesOf = (directory: string): readonly Dirent[] | null => {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return null;
  }
};
