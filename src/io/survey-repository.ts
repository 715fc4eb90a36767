import { type Dirent, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { SourceText } from '../model/source.ts';
import { type FoundFolders, findFolders } from './find-folders.ts';
import { remotesOf } from './git-remotes.ts';
import { readRegular, sourceLimits, textOf } from './read-text.ts';
import { gitRootOf, shownPath } from './repository.ts';

/** What there is in a repository for this program to take its place in. Paths have `/` and begin at the root. */
export type Survey = FoundFolders & {
  /** Absolute: the root of the repository, or the directory itself outside of any. */
  readonly root: string;
  /** The directory that was looked at; `.` is the root. */
  readonly start: string;
  /** Which of the files that were asked for are there, also as links that lead nowhere, with what can be read of them. */
  readonly present: ReadonlyMap<string, string>;
  /** Addresses of the remotes, as git has them written down. */
  readonly remotes: readonly string[];
};

export type Wanted = {
  readonly files: readonly string[];
  /** Directories all of whose files of YAML are wanted. */
  readonly folders: readonly string[];
};

/**
 * Looks at the directory, or at all of the repository that holds the current one where none is named. Null where there is
 * no such directory.
 */
export const surveyRepository = (directory: string | undefined, wanted: Wanted): Survey | null => {
  const named = directory ?? '.';
  if (statSync(named, { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  const here = realpathSync(named);
  const root = gitRootOf(here) ?? here;
  const start = directory === undefined ? '.' : shownPath(root, here);
  const files = [...wanted.files, ...wanted.folders.flatMap((folder) => yamlIn(root, folder))];
  return {
    root,
    start,
    ...findFolders(root, start),
    present: new Map(
      files.filter((file) => isThere(join(root, file))).map((file) => [file, readText(root, file) ?? '']),
    ),
    remotes: remotesOf(root),
  };
};

/** Of files in one directory those that can be read, and the paths of the others. */
export const readFolder = (
  root: string,
  path: string,
  names: readonly string[],
): { readonly files: readonly SourceText[]; readonly unreadable: readonly string[] } => {
  const read = names.map((name) => posix.join(path, name)).map((file) => ({ path: file, text: readText(root, file) }));
  return {
    files: read.flatMap(({ path: file, text }) => (text === null ? [] : [{ path: file, text }])),
    unreadable: read.flatMap(({ path: file, text }) => (text === null ? [file] : [])),
  };
};

const readText = (root: string, path: string): string | null => {
  const bytes = readRegular(join(root, path), sourceLimits.fileBytes);
  const read = Buffer.isBuffer(bytes) ? textOf(bytes) : bytes;
  return read.ok ? read.text : null;
};

const isThere = (path: string): boolean => {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // What would be its directory is a file.
    return false;
  }
};

const yamlIn = (root: string, folder: string): readonly string[] => {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry: Dirent) => !entry.isDirectory() && /\.ya?ml$/.test(entry.name))
      .map(({ name }) => posix.join(folder, name))
      .sort();
  } catch {
    return [];
  }
};
