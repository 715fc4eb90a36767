import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { expandContext } from './expand-context.ts';
import { isInside } from './repository.ts';

/** What the paths of a configuration are relative to, and what they must not lead out of. */
export type PathBase = { readonly directory: string; readonly limit: string | null };

/** A path that is written in a configuration, from the current directory; null where it leads out. */
export const configuredPath = (written: string, { directory, limit }: PathBase): string | null => {
  const path = resolve(directory, written);
  if (limit !== null && !(isInside(limit, path) && isInside(realpathSync(limit), realPathOf(path)))) return null;
  return relative(process.cwd(), path) || '.';
};

/** The files that a path or a glob means; null where one of them leads out. */
export const configuredFiles = async (written: string, base: PathBase): Promise<readonly string[] | null> => {
  const isAbove =
    written.split(/[/\\]/).includes('..') && configuredPath(written.split(/[*?[{(!]/)[0] ?? '', base) === null;
  if (isAbove) return null;
  const { files } = await expandContext([written], base.directory);
  const paths = files.map((file) => configuredPath(file, base));
  return paths.some((path) => path === null) ? null : paths.flatMap((path) => path ?? []);
};

/** A report is no hook, no workflow, and no setting of anything: what is hidden below the base is none of its business. */
export const isHidden = (path: string, { directory }: PathBase): boolean =>
  relative(directory, resolve(path))
    .split(sep)
    .some((step) => /^\.[^.]/.test(step));

/** Where a path leads, or would if the last steps of it were there. */
const realPathOf = (path: string): string => {
  if (existsSync(path) || path === dirname(path)) return realpathSync(path);
  return join(realPathOf(dirname(path)), path.slice(dirname(path).length));
};
