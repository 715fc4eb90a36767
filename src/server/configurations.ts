import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Diagnostic, isError } from '../model/diagnostic.ts';
import { runCheck } from './run-check.ts';
import type { Settings } from './settings.ts';

/** What nobody but whoever keeps the server has written. */
const folder = 'server';

/**
 * Gives a configuration a name in the directory of a check: reports and errors show it, and nobody else need know where the
 * server has its files. Paths in it are relative to where it really is.
 */
export const linkConfiguration = async (directory: string, file: string): Promise<string> => {
  const shown = `${folder}/${basename(file)}`;
  try {
    await mkdir(join(directory, folder), { mode: 0o700 });
    await symlink(file, join(directory, shown));
    return shown;
  } catch {
    // Not every system lets everybody make links.
    return file;
  }
};

export type CheckedConfiguration = { readonly file: string; readonly hash: string };

export type ConfigurationsRead =
  | { readonly ok: true; readonly configurations: readonly CheckedConfiguration[] }
  /** Sentences, one a line. */
  | { readonly ok: false; readonly fault: string };

type ConfigurationTools = {
  readonly program: string;
  /** Where there may be directories for a moment. */
  readonly directory: string;
  readonly checkMilliseconds: number;
  readonly checkMemory: number;
};

/** So many at a time: each is a process. */
const atATime = 4;

/**
 * Lets the check judge nothing at all by each configuration that there is, which says what every run would be told: all
 * that can be wrong in it or in what it names.
 */
export const checkConfigurations = async (
  settings: Settings,
  tools: ConfigurationTools,
): Promise<ConfigurationsRead> => {
  const { configOnly, organizations } = settings;
  const files = [...new Set([...(configOnly === undefined ? [] : [configOnly]), ...organizations.values()])];
  const configurations: CheckedConfiguration[] = [];
  for (let first = 0; first < files.length; first += atATime) {
    const some = files.slice(first, first + atATime);
    const checked = await Promise.all(some.map((file) => checkConfiguration(file, tools)));
    for (const one of checked) {
      if (typeof one === 'string') return { ok: false, fault: one };
      configurations.push(one);
    }
  }
  return { ok: true, configurations };
};

/** A sentence where it cannot be used. */
const checkConfiguration = async (file: string, tools: ConfigurationTools): Promise<CheckedConfiguration | string> => {
  const directory = await mkdtemp(join(tools.directory, 'rules-'));
  try {
    const shown = await linkConfiguration(directory, file);
    await mkdir(join(directory, 'nothing'));
    await writeFile(join(directory, 'nothing', 'main.tf'), '');
    const { program, checkMilliseconds: milliseconds, checkMemory: memory } = tools;
    const args = ['nothing', '--config-only', shown, '--quiet'];
    const checked = await runCheck({ program, directory, args, milliseconds, memory });
    if (!checked.ok) return `${file} cannot be used. ${checked.fault}`;
    const { diagnostics, configuration } = checked.report;
    const errors = diagnostics.filter(isError).map((error) => sentenceOf(error, shown, file));
    return errors.length > 0 ? errors.join('\n') : { file, hash: configuration.hash ?? '' };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

const sentenceOf = ({ summary, detail, origin = {} }: Diagnostic, shown: string, file: string): string => {
  const { line, column } = origin;
  const own = [file, line, column].filter((part) => part !== undefined).join(':');
  // The configuration is what is at hand, also where something that it names is wrong.
  const place = origin.file === shown || origin.file === undefined ? own : `${file}: ${origin.file}`;
  return `${place}: ${summary}${detail === undefined ? '' : ` ${detail.replace(/\s+/g, ' ')}`}`;
};
