import type { SourceInput } from '../../source.ts';
import { parseFile } from '../parse/parse.ts';
import type { ParsedFile } from '../syntax.ts';
import type { ConfigBlock } from './config-body.ts';
import { type ModuleConfig, readModule } from './configuration.ts';
import { joinDirectory } from './directory.ts';

/** Modules that call each other by ever new paths must end, and so must calls that multiply. */
const mostModules = 2000;
const mostCalls = 20_000;

/** The parsed modules of a configuration, by directory, each read once. */
export type Modules = {
  readonly root: ModuleConfig | null;
  /** Where a call leads; null where nothing is there. `callPath` is that of the caller. */
  readonly configOf: (caller: ModuleConfig, callPath: string, call: string) => ModuleConfig | null;
  readonly files: ReadonlyMap<string, ParsedFile>;
  /** Those that were read so far. */
  readonly read: () => readonly ModuleConfig[];
};

/** The source of a module that is in the same repository, as it is written. */
export const localSource = (call: ConfigBlock | undefined): string | undefined => {
  const source = call?.body.attributes.get('source')?.value;
  const written = source?.kind === 'literal' && typeof source.value === 'string' ? source.value : undefined;
  return written !== undefined && /^\.\.?(?:\/|$)/.test(written) ? written : undefined;
};

export const openModules = (input: SourceInput): Modules => {
  const configs = new Map<string, ModuleConfig | null>();
  const files = new Map<string, ParsedFile>();
  const open = (directory: string): ModuleConfig | null => {
    const before = configs.get(directory);
    if (before !== undefined) return before;
    const texts = configs.size < mostModules ? input.reader.files(directory) : null;
    const parsed = texts?.map(parseFile) ?? [];
    for (const file of parsed) files.set(file.file.path, file);
    const config = texts === null ? null : readModule(directory, parsed);
    configs.set(directory, config);
    return config;
  };
  // Directories from the root to each call: a module that leads to itself has no end, and Terraform refuses it.
  const ways = new Map<string, readonly string[]>([['', [joinDirectory(input.root, '.')]]]);
  return {
    root: open(input.root),
    configOf: (caller, callPath, call) => {
      const path = callPath === '' ? call : `${callPath}.${call}`;
      const directory = directoryOf(input, caller, path, call);
      const way = ways.get(callPath);
      if (directory === undefined || way === undefined || way.includes(directory)) return null;
      if (!ways.has(path) && ways.size >= mostCalls) return null;
      ways.set(path, [...way, directory]);
      return open(directory);
    },
    files,
    read: () => [...configs.values()].filter((config) => config !== null),
  };
};

/** Where a call leads: a path from the caller, or what `terraform init` has written down. */
const directoryOf = (input: SourceInput, caller: ModuleConfig, path: string, call: string): string | undefined => {
  const local = localSource(caller.calls.get(call));
  return local === undefined ? input.modules.get(path) : joinDirectory(caller.directory, local);
};
