import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Diagnostic, refusal } from '../model/diagnostic.ts';
import type { SourceInput, SourceReader, SourceText } from '../model/source.ts';
import { configurationNames, isConfigurationName } from './configuration-names.ts';
import { errorCode } from './error-code.ts';
import { parseManifest } from './module-manifest.ts';
import { type SourceLimits, type TextRead, sourceLimits, textReader } from './read-text.ts';
import { isInside, repositoryOf, shownPath } from './repository.ts';
import { automaticVariableFiles, environmentVariables, otherVariableFiles } from './source-variables.ts';

/** What the command line and the environment say of a configuration. */
export type SourceOptions = {
  readonly variables: ReadonlyMap<string, string>;
  readonly variableFiles: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** A configuration, and what could not be read of it. */
export type OpenedSource = {
  readonly input: SourceInput;
  /** Files are read when they are asked for: this is complete when everything has been. */
  readonly diagnostics: () => readonly Diagnostic[];
};

export type Opening =
  | { readonly ok: true; readonly source: OpenedSource }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/** The configuration in a directory, as `terraform plan` would take it there. */
export const openDirectory = (
  directory: string,
  options: SourceOptions,
  limits: SourceLimits = sourceLimits,
): Opening => {
  const names = listNames(directory);
  if (!names.ok) return names;
  if (!names.names.some(isConfigurationName)) return { ok: false, diagnostic: noConfiguration(directory) };
  return { ok: true, source: open(directory, names.names, options, limits) };
};

type Place = {
  /** Of the root module. */
  readonly directory: string;
  /** What shown paths are relative to. */
  readonly repository: string;
  readonly read: (path: string) => TextRead;
  readonly diagnostics: Diagnostic[];
};

const open = (
  directory: string,
  names: readonly string[],
  options: SourceOptions,
  limits: SourceLimits,
): OpenedSource => {
  const real = realpathSync(directory);
  const repository = repositoryOf(real, process.cwd());
  const diagnostics: Diagnostic[] = [];
  const place: Place = { directory: real, repository, read: textReader(limits), diagnostics };
  const { env, variables } = options;
  const data = resolve(real, filled(env['TF_DATA_DIR']) ?? '.terraform');
  const input: SourceInput = {
    label: directory,
    root: shownPath(repository, real),
    reader: readerOf(place),
    modules: readModules(place, join(data, 'modules', 'modules.json')),
    variableFiles: readVariableFiles(place, automaticVariableFiles(names), options.variableFiles),
    otherVariableFiles: otherVariableFiles(names)
      .map((name) => join(directory, name))
      .filter((path) => !options.variableFiles.some((asked) => resolve(asked) === resolve(path))),
    environmentVariables: environmentVariables(env),
    variables,
    workspace: filled(env['TF_WORKSPACE']) ?? filled(optional(place, join(data, 'environment'))?.text) ?? 'default',
    lockFile: optional(place, join(real, '.terraform.lock.hcl')),
  };
  return { input, diagnostics: () => diagnostics };
};

const filled = (text: string | undefined): string | undefined => {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
};

const readerOf = (place: Place): SourceReader => {
  const { repository } = place;
  const known = new Map<string, readonly SourceText[] | null>();
  return {
    files: (directory) => {
      const path = resolve(repository, directory);
      const found = known.get(path);
      if (found !== undefined) return found;
      const files = readFiles(place, path);
      known.set(path, files);
      return files;
    },
    text: (path) => {
      const real = realPath(resolve(repository, path));
      if (real === null || !isInside(repository, real)) return null;
      const read = place.read(real);
      return read.ok ? read.text : null;
    },
  };
};

const realPath = (path: string): string | null => {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
};

/** All files of a module. Of a file that cannot be read there is a diagnostic, and the others are there. */
const readFiles = (place: Place, directory: string): readonly SourceText[] | null => {
  const listed = list(directory);
  if (!Array.isArray(listed)) {
    if (listed.isMissing) return null;
    place.diagnostics.push(unreadable(shownPath(place.repository, directory), listed.summary));
    return null;
  }
  return configurationNames(listed).flatMap((name) => required(place, join(directory, name)) ?? []);
};

const required = (place: Place, path: string): SourceText | null => {
  const shown = shownPath(place.repository, path);
  const read = place.read(path);
  if (read.ok) return { path: shown, text: read.text };
  // Once is enough: what is beyond a limit may be beyond counting.
  const isSaid = read.reason === 'limit' && place.diagnostics.some(({ summary }) => summary === read.summary);
  if (!isSaid) place.diagnostics.push(unreadable(shown, read.summary));
  return null;
};

/** A file that need not be there. */
const optional = (place: Place, path: string): SourceText | null => {
  const shown = shownPath(place.repository, path);
  const read = place.read(path);
  if (read.ok) return { path: shown, text: read.text };
  if (read.reason !== 'missing') place.diagnostics.push({ ...unreadable(shown, read.summary), severity: 'warning' });
  return null;
};

const readModules = (place: Place, path: string): ReadonlyMap<string, string> => {
  const file = optional(place, path);
  if (file === null) return new Map();
  const modules = parseManifest(file.text, shownPath(place.repository, place.directory));
  if (modules !== null) return modules;
  const summary = 'This list of modules is damaged, so modules of registries and repositories are not read.';
  const detail = 'In the directory of the configuration, type:\n  terraform init';
  place.diagnostics.push({ ...refusal(file.path, 'source-unreadable', summary, detail), severity: 'warning' });
  return new Map();
};

const readVariableFiles = (
  place: Place,
  automatic: readonly string[],
  asked: readonly string[],
): readonly SourceText[] => [
  ...automatic.flatMap((name) => required(place, join(place.directory, name)) ?? []),
  ...asked.flatMap((path) => askedFile(place, path) ?? []),
];

const askedFile = (place: Place, path: string): SourceText | null => {
  const read = place.read(resolve(path));
  if (read.ok) return { path: shownPath(place.repository, resolve(path)), text: read.text };
  const code = read.reason === 'missing' ? 'input-not-found' : 'source-unreadable';
  place.diagnostics.push(refusal(path, code, read.summary, 'Look at what was given to --var-file.'));
  return null;
};

const unreadable = (path: string, summary: string): Diagnostic =>
  refusal(path, 'source-unreadable', summary, 'Terraform would stop here as well: mend or remove it.');

type Names = { readonly ok: true; readonly names: readonly string[] } | Extract<Opening, { ok: false }>;

const listNames = (directory: string): Names => {
  const listed = list(directory);
  if (Array.isArray(listed)) return { ok: true, names: listed };
  if (!listed.isMissing) return { ok: false, diagnostic: unreadable(directory, listed.summary) };
  return { ok: false, diagnostic: noDirectory(directory) };
};

/** Names of what is in a directory and is none itself; a link may lead to anything, and is looked at when it is read. */
const list = (directory: string): string[] | { readonly isMissing: boolean; readonly summary: string } => {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry: Dirent) => !entry.isDirectory())
      .map(({ name }) => name);
  } catch (error) {
    const code = errorCode(error);
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    return { isMissing, summary: `The directory cannot be read (${code}).` };
  }
};

const noDirectory = (path: string): Diagnostic => {
  if (!isThere(path)) {
    const detail = 'Look at the path, and the current directory.';
    return refusal(path, 'source-not-found', 'There is no such directory.', detail);
  }
  const isPart = isConfigurationName(basename(path));
  return refusal(
    path,
    'source-not-found',
    isPart ? 'This is one file of a configuration.' : 'This is a file, not the directory of a configuration.',
    isPart ? `Give its directory: ${dirname(path)}` : 'Give the directory that holds the .tf files.',
  );
};

const isThere = (path: string): boolean => {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

const noConfiguration = (directory: string): Diagnostic =>
  refusal(
    directory,
    'source-not-found',
    'There is no Terraform configuration in this directory.',
    'Give the directory of the root module, which holds its .tf or .tf.json files.',
  );
