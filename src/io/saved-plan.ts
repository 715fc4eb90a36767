import { posix } from 'node:path';
import { type Diagnostic, refusal } from '../model/diagnostic.ts';
import type { SourceInput, SourceText } from '../model/source.ts';
import { configurationNames } from './configuration-names.ts';
import { parseManifest } from './module-manifest.ts';
import { type PlanHeader, readPlanHeader } from './plan-header.ts';
import { sourceLimits, textOf } from './read-text.ts';
import type { OpenedSource, SourceOptions } from './source-directory.ts';
import { type ZipEntry, openZip } from './zip-archive.ts';

/** A plan as `terraform plan -out` saves it. */
export type SavedPlan = {
  /** Null where it is of a format that is not known here. */
  readonly header: PlanHeader | null;
  /** The configuration that it was made of; null where it holds none. */
  readonly source: OpenedSource | null;
  /** Which program can show it; null where the plan does not say. */
  readonly program: 'terraform' | 'tofu' | null;
};

export type SavedPlanOpening =
  | { readonly ok: true; readonly plan: SavedPlan }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

const configuration = 'tfconfig/';
const lockName = '.terraform.lock.hcl';

/** Opens a binary plan: `path` names it in reports. Its entries are those of `planfile` in Terraform and OpenTofu. */
export const openSavedPlan = (bytes: Buffer, path: string, options: SourceOptions): SavedPlanOpening => {
  const archive = openZip(bytes);
  if (!archive.ok) return { ok: false, diagnostic: notOurs(path, `This saved plan ${archive.problem}.`) };
  const { entries } = archive;
  const damaged = ['tfplan', lockName].find((name) => entries.get(name)?.read() === null);
  if (damaged !== undefined) return { ok: false, diagnostic: notOurs(path, `The ${damaged} in this plan is damaged.`) };
  const header = headerIn(entries);
  const lockFile = textIn(entries, lockName, lockName);
  const program = programOf(lockFile?.text);
  const manifest = entries.get(`${configuration}modules.json`)?.read();
  if (manifest === undefined) return { ok: true, plan: { header, source: null, program } };
  const modules = manifest && parseManifest(manifest.toString('utf8'), '.');
  if (modules === null) return { ok: false, diagnostic: notOurs(path, 'The list of modules in this plan is damaged.') };
  const diagnostics: Diagnostic[] = [];
  const input: SourceInput = {
    label: path,
    root: '.',
    reader: { files: filesOf({ path, entries, diagnostics }, modules), text: () => null },
    modules,
    ...variablesOf(header, path, options),
    workspace: header?.workspace ?? 'default',
    lockFile,
  };
  return { ok: true, plan: { header, source: { input, diagnostics: () => diagnostics }, program } };
};

type Entries = ReadonlyMap<string, ZipEntry>;

const notOurs = (path: string, summary: string): Diagnostic => {
  const detail = 'Terraform does not write such a file. Make the plan again:\n  terraform plan -out=tfplan';
  return refusal(path, 'plan-malformed', summary, detail);
};

const headerIn = (entries: Entries): PlanHeader | null => {
  const bytes = entries.get('tfplan')?.read();
  return bytes ? readPlanHeader(bytes) : null;
};

/** Each program locks providers of its own registry; another registry tells nothing. */
const programOf = (lock: string | undefined): 'terraform' | 'tofu' | null => {
  if (lock === undefined) return null;
  if (lock.includes('"registry.opentofu.org/')) return 'tofu';
  return lock.includes('"registry.terraform.io/') ? 'terraform' : null;
};

type Variables = Pick<SourceInput, 'variableFiles' | 'environmentVariables' | 'variables' | 'unknownVariables'>;

/**
 * What the plan was made with, as a file of variables in JSON: it takes values of every type as they are. What the
 * command line says can only add to that, since the plan is made; the environment may be of another day.
 */
const variablesOf = (header: PlanHeader | null, path: string, { variables }: SourceOptions): Variables => {
  const told = header?.variables ?? new Map();
  const added = new Map([...variables].filter(([name]) => !told.has(name)));
  const text = JSON.stringify(Object.fromEntries(told));
  return {
    variableFiles: [{ path: `${path}/variables.tfvars.json`, text }],
    environmentVariables: new Map(),
    variables: added,
    unknownVariables: new Set([...(header?.untoldVariables ?? [])].filter((name) => !added.has(name))),
  };
};

/** A directory with what a binary plan was made with, which outweighs what it would be planned with today. */
export const asPlanned = (input: SourceInput, planned: SourceInput): SourceInput => ({
  ...input,
  environmentVariables: planned.environmentVariables,
  variableFiles: planned.variableFiles,
  variables: planned.variables,
  unknownVariables: planned.unknownVariables ?? new Set(),
  workspace: planned.workspace,
});

/**
 * A plan holds no files but those of its modules: what `file` and `templatefile` read is taken from the directory that it
 * was made in, which is the one with the same root module. Null where it is another.
 */
export const withFilesOf = (planned: SourceInput, directory: SourceInput): SourceInput | null => {
  const own = textsByName(planned);
  const beside = textsByName(directory);
  if (beside.size === 0 || ![...beside].every(([name, text]) => own.get(name) === text)) return null;
  const reader = {
    ...planned.reader,
    text: (path: string) => directory.reader.text(posix.join(directory.root, path)),
  };
  return { ...planned, reader };
};

const textsByName = ({ reader, root }: SourceInput): ReadonlyMap<string, string> =>
  new Map((reader.files(root) ?? []).map(({ path, text }) => [posix.basename(path), text]));

const normal = (directory: string): string => posix.normalize(directory).replace(/(?<=.)\/$/, '');

type Place = { readonly path: string; readonly entries: Entries; readonly diagnostics: Diagnostic[] };

/** A module that is called twice is in the archive twice, and has one directory. */
const filesOf = (place: Place, modules: ReadonlyMap<string, string>): SourceInput['reader']['files'] => {
  const keys = new Map([...modules].reverse().map(([key, directory]) => [normal(directory), key]));
  keys.set('.', '');
  const names = namesByFolder(place.entries);
  const known = new Map<string, readonly SourceText[]>();
  return (asked) => {
    const directory = normal(asked);
    const key = keys.get(directory);
    if (key === undefined) return null;
    const files = known.get(directory) ?? readAll(place, `${configuration}m-${key}/`, directory, names);
    known.set(directory, files);
    return files;
  };
};

const namesByFolder = (entries: Entries): ReadonlyMap<string, readonly string[]> => {
  const names = new Map<string, string[]>();
  for (const entry of entries.keys()) {
    const { base, dir } = posix.parse(entry);
    const siblings = names.get(`${dir}/`);
    if (siblings === undefined) names.set(`${dir}/`, [base]);
    else siblings.push(base);
  }
  return names;
};

const readAll = (
  { path, entries, diagnostics }: Place,
  folder: string,
  directory: string,
  names: ReadonlyMap<string, readonly string[]>,
): readonly SourceText[] =>
  configurationNames(names.get(folder) ?? []).flatMap((name) => {
    const shown = posix.join(directory, name);
    const read = textIn(entries, folder + name, shown);
    if (read === null)
      diagnostics.push(notOurs(path, `A file of the configuration in this plan is damaged: ${shown}.`));
    return read ?? [];
  });

const textIn = (entries: Entries, name: string, path: string): SourceText | null => {
  const entry = entries.get(name);
  if (entry === undefined || entry.size > sourceLimits.fileBytes) return null;
  const bytes = entry.read();
  const read = bytes === null ? null : textOf(bytes);
  return read?.ok === true ? { path, text: read.text } : null;
};
