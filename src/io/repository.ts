import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/**
 * The directory that the paths of a configuration are relative to, and that `file` and `templatefile` must not leave: the
 * nearest one above it that holds a `.git`, which in a work tree of its own is a file. Outside of any repository it is
 * the current directory, where that is above the configuration; else the one right above the configuration, since
 * modules often stand beside it. It is never the root of the file system.
 */
export const repositoryOf = (directory: string, current: string): string => {
  const root = gitRootOf(directory);
  if (root !== null) return root;
  const here = realpathSync(current);
  const outer = isInside(here, directory) ? here : dirname(directory);
  // All files of the machine would be inside.
  return outer === dirname(outer) ? directory : outer;
};

/** The nearest directory, this one or above it, that holds a `.git`; null outside of any repository. */
export const gitRootOf = (directory: string): string | null => {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return null;
  }
};

/** Whether a path is that of the directory, or of something in it; of both the real ones. */
export const isInside = (directory: string, path: string): boolean => {
  const way = relative(directory, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

/** A path as reports write it: relative to the directory, with `/`. */
export const shownPath = (directory: string, path: string): string => {
  const way = relative(directory, resolve(directory, path));
  return way === '' ? '.' : way.split(sep).join('/');
};
