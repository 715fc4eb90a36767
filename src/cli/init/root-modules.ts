import { posix } from 'node:path';
import { readOutline } from '../../index.ts';
import { type Folder, synthesizerName, unitNames } from '../../io/find-folders.ts';
import { type Survey, readFolder } from '../../io/survey-repository.ts';
import type { ModuleOutline } from '../../model/source.ts';

/** A directory in which Terraform or OpenTofu is run; `.` is the root of the repository. */
export type RootModule = {
  readonly path: string;
  /** The program that has to install modules of registries and repositories before these can be read; null without any. */
  readonly installer: 'terraform' | 'tofu' | null;
};

export type RootModules = {
  /** Sorted by path. */
  readonly roots: readonly RootModule[];
  /** Modules that nobody calls and that nothing marks, where others are marked. */
  readonly unmarked: readonly string[];
  /** Files of configuration that could not be read. */
  readonly unreadable: readonly string[];
  /** Directories of CDKTF and of Terragrunt, which make the configuration that is planned. */
  readonly cdktf: readonly string[];
  readonly terragrunt: readonly string[];
};

type Module = {
  readonly folder: Folder;
  readonly outline: ModuleOutline;
  /** The directories that it calls. */
  readonly calls: readonly string[];
  readonly unreadable: readonly string[];
};

/** Which modules are planned by themselves: those that no other calls, of these the marked ones where there are any. */
export const findRootModules = async ({ root, folders }: Survey): Promise<RootModules> => {
  const modules = new Map<string, Module>();
  for (const folder of folders) modules.set(folder.path, await readModule(root, folder));
  const called = new Set([...modules.values()].flatMap(({ calls }) => calls));
  const uncalled = [...modules.values()].filter(({ folder }) => folder.files.length > 0 && !called.has(folder.path));
  const terragrunt = folders.filter(isUnit).map(({ path }) => path);
  const marked = uncalled.filter(isMarked);
  // A unit of Terragrunt may name its module in ways that only Terragrunt can follow.
  const isSure = marked.length > 0 || terragrunt.length > 0;
  const roots = isSure ? marked : uncalled;
  return {
    roots: roots.map(({ folder }) => ({ path: folder.path, installer: installerOf(modules, folder) })).sort(byPath),
    unmarked: uncalled
      .filter((module) => !roots.includes(module))
      .map(({ folder }) => folder.path)
      .sort(),
    unreadable: [...modules.values()].flatMap(({ unreadable }) => unreadable),
    cdktf: folders.filter(({ names }) => names.has(synthesizerName)).map(({ path }) => path),
    terragrunt,
  };
};

const byPath = (a: RootModule, b: RootModule): number => (a.path < b.path ? -1 : 1);

const isUnit = ({ names }: Folder): boolean => unitNames.some((name) => names.has(name));

const isMarked = ({ folder, outline }: Module): boolean =>
  outline.isMarked ||
  isUnit(folder) ||
  folder.names.has('.terraform.lock.hcl') ||
  [...folder.names].some((name) => /\.tfvars(?:\.json)?$/.test(name));

const readModule = async (root: string, folder: Folder): Promise<Module> => {
  const [unitName] = unitNames;
  const names = folder.names.has(unitName) ? [...folder.files, unitName] : folder.files;
  const { files, unreadable } = readFolder(root, folder.path, names);
  const outline = await readOutline(files);
  const calls = outline.calls.map((source) => posix.join(folder.path, source).replace(/\/$/, ''));
  return { folder, outline, calls, unreadable };
};

/** Modules that are called may call others that are not there yet. */
const installerOf = (modules: ReadonlyMap<string, Module>, root: Folder): RootModule['installer'] => {
  const seen = new Set([root.path]);
  // It grows while it is gone through.
  for (const path of seen) {
    const module = modules.get(path);
    if (module?.outline.fetches === true)
      return root.files.some((name) => /\.tofu(?:\.json)?$/.test(name)) ? 'tofu' : 'terraform';
    for (const call of module?.calls ?? []) seen.add(call);
  }
  return null;
};
