import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ProviderKnowledge, Source, SourceInput } from '../source.ts';
import type { ConfigBlock } from './evaluate/config-body.ts';
import type { ModuleConfig } from './evaluate/configuration.ts';
import { evaluateSource } from './evaluate/evaluation.ts';
import { type Modules, localSource, openModules } from './evaluate/modules.ts';
import { placeAt } from './lines.ts';
import { previousIn } from './moves.ts';
import type { ParsedFile, SyntaxFault } from './syntax.ts';
import { readInlineWaivers } from './waivers/inline-waivers.ts';

/** Modules within modules, and modules that call themselves, must end. */
const deepestModule = 32;

/** Reads a configuration: parses every module that can be reached, evaluates nothing yet. */
export const loadSource = (input: SourceInput, knowledge: ProviderKnowledge): Source => {
  const modules = openModules(input);
  const addresses = new Set<string>();
  const missing: ConfigBlock[] = [];
  const prefixes = new Map<ModuleConfig, string[]>();
  const root: Way = { prefix: '', callPath: '', depth: 0 };
  if (modules.root !== null) walk(modules, modules.root, root, { addresses, missing, prefixes });
  const called = [...prefixes].map(([config, all]) => ({ config, prefixes: all }));
  let previous: Source['previousAddresses'] | undefined;
  const invalid = [...modules.files.values()].flatMap(({ file, faults }) =>
    firstAtEach(faults).map((fault) => syntaxDiagnostic(fault, file)),
  );
  return {
    label: input.label,
    diagnostics: [...invalid, ...missingModules(missing)],
    addresses,
    evaluate: (plan, prefix = '') => evaluateSource(input, modules, plan, knowledge, prefix),
    waivers: () => readInlineWaivers(called),
    previousAddresses: (address) => {
      previous ??= previousIn(called);
      return previous(address);
    },
    computes: knowledge.computes,
    textOf: (path) => modules.files.get(path)?.file.text,
  };
};

/** In the order of the text; what else is wrong at the same place follows from the first. */
const firstAtEach = (faults: readonly SyntaxFault[]): readonly SyntaxFault[] => {
  const places = new Map<number, SyntaxFault>();
  for (const fault of faults) if (!places.has(fault.span.start)) places.set(fault.span.start, fault);
  return [...places.values()].sort((a, b) => a.span.start - b.span.start);
};

const syntaxDiagnostic = ({ summary, detail, span }: SyntaxFault, file: ParsedFile['file']): Diagnostic => {
  const { line, column, endLine, endColumn } = placeAt(file, span);
  return {
    severity: 'error',
    code: 'source-unparsable',
    summary: `${summary}.`,
    detail,
    origin: { file: file.path, line, column, endLine, endColumn },
  };
};

type Walked = {
  readonly addresses: Set<string>;
  readonly missing: ConfigBlock[];
  /** What goes before the addresses of each module, once for each call. */
  readonly prefixes: Map<ModuleConfig, string[]>;
};

type Way = { readonly prefix: string; readonly callPath: string; readonly depth: number };

/** Every resource by its address without keys, for the match with a plan. */
const walk = (modules: Modules, config: ModuleConfig, { prefix, callPath, depth }: Way, walked: Walked): void => {
  const { addresses, missing, prefixes } = walked;
  prefixes.set(config, [...(prefixes.get(config) ?? []), prefix]);
  for (const name of config.resources.keys()) addresses.add(`${prefix}${name}`);
  for (const [call, block] of config.calls) {
    const child = depth < deepestModule ? modules.configOf(config, callPath, call) : null;
    if (child === null) {
      missing.push(block);
      continue;
    }
    const way = {
      prefix: `${prefix}module.${call}.`,
      callPath: callPath === '' ? call : `${callPath}.${call}`,
      depth: depth + 1,
    };
    walk(modules, child, way, walked);
  }
};

const namesShown = 5;

/** Those that `terraform init` would fetch are said together; a directory that is not there, each. */
const missingModules = (blocks: readonly ConfigBlock[]): readonly Diagnostic[] => {
  const local = blocks.filter((block) => localSource(block) !== undefined);
  const fetched = blocks.filter((block) => localSource(block) === undefined);
  return [...(fetched.length === 0 ? [] : [notInstalled(fetched)]), ...local.map(noDirectory)];
};

const notInstalled = (blocks: readonly ConfigBlock[]): Diagnostic => {
  const names = blocks.slice(0, namesShown).map(nameOf);
  const more = blocks.length > namesShown ? ` and ${blocks.length - namesShown} more` : '';
  const rest = blocks.length === 1 ? 'is not installed: what it makes' : 'are not installed: what they make';
  return {
    severity: 'warning',
    code: 'module-not-found',
    summary: `${names.join(', ')}${more} ${rest} stays undecided.`,
    detail: 'In the directory of the root module, type:\n  terraform init',
    ...headerOf(blocks[0]),
  };
};

const noDirectory = (block: ConfigBlock): Diagnostic => ({
  severity: 'warning',
  code: 'module-not-found',
  summary: `${nameOf(block)} has the source ${localSource(block)}, where no configuration is: what it makes stays undecided.`,
  detail: 'Look at the path: it is relative to the directory of this file.',
  ...headerOf(block),
});

const nameOf = ({ labels }: ConfigBlock): string => `module.${labels[0] ?? ''}`;

const headerOf = (block: ConfigBlock | undefined): Pick<Diagnostic, 'origin'> => {
  if (block === undefined) return {};
  const { line, column, endLine, endColumn } = placeAt(block.file, block.header);
  return { origin: { file: block.file.path, line, column, endLine, endColumn } };
};
