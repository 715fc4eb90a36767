import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Addresses of the remotes of a repository, as git has them written down. */
export const remotesOf = (root: string): readonly string[] => {
  let section = '';
  return textOf(join(commonDirectory(root), 'config'))
    .split('\n')
    .flatMap((line) => {
      section = /^\s*\[\s*([\w.-]+)/.exec(line)?.[1]?.toLowerCase() ?? section;
      const [, url] = /^\s*url\s*=\s*"?([^\s"]+)/i.exec(line) ?? [];
      // Submodules have a `url`, too.
      return section === 'remote' && url !== undefined ? [url] : [];
    });
};

/**
 * Where git keeps what all work trees share. In a submodule and in a work tree of its own `.git` is a file that names another
 * directory, which in the latter names that one. https://git-scm.com/docs/gitrepository-layout
 */
const commonDirectory = (root: string): string => {
  const path = join(root, '.git');
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return path;
  const directory = resolve(root, /^gitdir: (.*)$/m.exec(textOf(path))?.[1] ?? '.git');
  const common = textOf(join(directory, 'commondir')).trim();
  return common === '' ? directory : resolve(directory, common);
};

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};
