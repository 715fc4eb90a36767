import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { gitRootOf, isInside, shownPath } from './repository.ts';

/**
 * A path as code hosts know it: from the root of the repository that holds the file, symbolic links resolved. Outside of
 * any it is relative to the current directory, where that is above the file; else it is as it was, as is what is no file.
 */
export const pathInRepository = (path: string, current = process.cwd()): string => {
  if (path === '-' || path === '') return path;
  const real = realOf(resolve(current, path));
  if (real === null) return path;
  const root = gitRootOf(real) ?? realOf(current);
  return root !== null && isInside(root, real) ? shownPath(root, real) : path;
};

const realOf = (path: string): string | null => {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
};
