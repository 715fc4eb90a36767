import { existsSync } from 'node:fs';
import { isAbsolute, resolve, sep } from 'node:path';
import { type Diagnostic, refusal } from '../model/diagnostic.ts';

export type ExpandedContext = {
  /** Sorted, each file once. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
};

/** Files and globs to files. What matches nothing is an error: a context that is silently missing changes verdicts. */
export const expandContext = async (written: readonly string[], directory = '.'): Promise<ExpandedContext> => {
  const files = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  for (const argument of written) {
    const matches = await expand(argument, directory);
    if (matches.length === 0) diagnostics.push(noMatch(argument));
    for (const file of matches) files.set(resolve(file), file);
  }
  return { files: [...files.values()].sort(), diagnostics };
};

const magic = /[*?[\]{}()!]/;

const expand = async (argument: string, directory: string): Promise<readonly string[]> => {
  // A file may be called `plan[0].json`: what exists is no pattern.
  if (existsSync(resolve(directory, argument))) return [argument];
  if (!magic.test(argument)) return [];
  const { globSync } = await import('tinyglobby');
  const pattern = sep === '\\' ? argument.replaceAll(sep, '/') : argument;
  return globSync(pattern, { cwd: directory, expandDirectories: false, absolute: isAbsolute(argument) });
};

const noMatch = (argument: string): Diagnostic =>
  magic.test(argument)
    ? refusal(
        argument,
        'input-not-found',
        'No file matches this pattern.',
        'Look at the pattern, and the current directory.',
      )
    : refusal(argument, 'input-not-found', 'There is no such file.', 'Look at the path, and the current directory.');
