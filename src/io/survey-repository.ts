import { existsSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { configurationNames } from './configuration-names.ts';
import { gitRootOf, shownPath } from './repository.ts';

/** What there is in a repository for this program to take its place in. Paths have `/` and begin at the root. */
export type Survey = {
  /** Absolute: the root of the repository, or the directory itself outside of any. */
  readonly root: string;
  readonly isRepository: boolean;
  /** Directories of root modules in the directory that was asked for, sorted; `.` is the root. */
  readonly modules: readonly string[];
  /** Which of the files that were asked for are there. */
  readonly present: ReadonlySet<string>;
  /** Addresses of the remotes, as git has them written down. */
  readonly remotes: readonly string[];
};

/** Beyond these nobody has written the directories by hand. */
const deepest = 8;
const mostFolders = 20_000;

/** Null where there is no such directory. */
export const surveyRepository = (directory: string, files: readonly string[]): Survey | null => {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  const start = realpathSync(directory);
  const repository = gitRootOf(start);
  const root = repository ?? start;
  return {
    root,
    isRepository: repository !== null,
    modules: rootModules(findModules(root, shownPath(root, start))),
    present: new Set(files.filter((file) => existsSync(join(root, file)))),
    remotes: remotesOf(root),
  };
};

type Module = { readonly path: string; readonly isMarked: boolean; readonly calls: readonly string[] };

/** Every directory with configuration at `start` and below it. */
const findModules = (root: string, start: string): readonly Module[] => {
  const found: Module[] = [];
  // It grows while it is gone through.
  const folders = [{ path: start, depth: 0 }];
  for (const { path, depth } of folders) {
    const entries = entriesOf(join(root, path));
    const names = configurationNames(entries.filter((entry) => entry.isFile()).map(({ name }) => name));
    if (names.length > 0) found.push(readModule(root, path, names, new Set(entries.map(({ name }) => name))));
    if (depth === deepest || folders.length > mostFolders) continue;
    const below = entries.filter((entry) => entry.isDirectory() && !isPassedOver(entry.name));
    folders.push(...below.map(({ name }) => ({ path: posix.join(path, name), depth: depth + 1 })));
  }
  return found;
};

/**
 * Hidden directories, what package managers bring, and what nobody applies. A name with a line break in it could stand in
 * no file that is written by lines.
 */
const isPassedOver = (name: string): boolean =>
  name.startsWith('.') || /^(?:node_modules|examples?|tests|testdata|fixtures)$|\p{Cc}/u.test(name);

const entriesOf = (directory: string) => {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
};

const readModule = (root: string, path: string, names: readonly string[], all: ReadonlySet<string>): Module => {
  const text = names.map((name) => textOf(join(root, path, name))).join('\n');
  const sources = [...text.matchAll(/^\s*"?source"?\s*[=:]\s*"(\.\.?\/[^"]*)"/gm)].map(([, source = '']) => source);
  const hasValues = [...all].some((name) => /\.tfvars(?:\.json)?$/.test(name));
  return {
    path,
    // What only a root module has.
    isMarked: all.has('.terraform.lock.hcl') || hasValues || /^\s*(?:backend\s+"|cloud\s*\{|provider\s+")/m.test(text),
    calls: sources.map((source) => posix.join(path, source).replace(/\/$/, '')),
  };
};

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** What nobody calls; of these what is marked as a root module, where anything is. */
const rootModules = (modules: readonly Module[]): readonly string[] => {
  const called = new Set(modules.flatMap(({ calls }) => calls));
  const uncalled = modules.filter(({ path }) => !called.has(path));
  const marked = uncalled.filter(({ isMarked }) => isMarked);
  return (marked.length > 0 ? marked : uncalled).map(({ path }) => path).sort();
};

const remotesOf = (root: string): readonly string[] =>
  [...textOf(resolve(root, '.git/config')).matchAll(/^\s*url\s*=\s*(\S+)$/gm)].map(([, url = '']) => url);
