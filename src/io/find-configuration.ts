import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isConfigurationName } from './configuration-names.ts';

/** With more directories than this beside it, a plan does not lie where it was made. */
const mostDirectories = 20;

/** Where the configuration of a plan may be: in its directory, or in one right below. Those that hold any, in order. */
export const configurationsBeside = (plan: string): readonly string[] => {
  const directory = dirname(plan);
  const { files, directories } = list(directory);
  const below = directories.filter((name) => !name.startsWith('.')).sort();
  return [
    ...(files.some(isConfigurationName) ? [directory] : []),
    ...(below.length > mostDirectories ? [] : below.map((name) => join(directory, name)).filter(holdsAny)),
  ];
};

const holdsAny = (directory: string): boolean => list(directory).files.some(isConfigurationName);

type Listed = { readonly files: readonly string[]; readonly directories: readonly string[] };

/** Of a directory that may not be read, nothing: it was not asked for. */
const list = (directory: string): Listed => {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    const names = (isDirectory: boolean): readonly string[] =>
      entries.filter((entry) => entry.isDirectory() === isDirectory).map(({ name }) => name);
    return { files: names(false), directories: names(true) };
  } catch {
    return { files: [], directories: [] };
  }
};
