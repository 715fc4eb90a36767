import type { ParsedFile, SourceText } from '../syntax.ts';
import { type ConfigAttribute, type ConfigBlock, type ConfigBody, blockOf } from './config-body.ts';
import { mergeOverride } from './override.ts';

/** A module as its files write it: one for each directory, whatever calls it. */
export type ModuleConfig = {
  readonly directory: string;
  readonly files: readonly ParsedFile[];
  readonly variables: ReadonlyMap<string, ConfigBlock>;
  readonly locals: ReadonlyMap<string, ConfigAttribute>;
  readonly outputs: ReadonlyMap<string, ConfigBlock>;
  /** By `data?.type.name`. */
  readonly resources: ReadonlyMap<string, ConfigBlock>;
  /** By `ephemeral.type.name`: they are opened, and nothing is made. */
  readonly ephemerals: ReadonlyMap<string, ConfigBlock>;
  readonly calls: ReadonlyMap<string, ConfigBlock>;
  /** By `name` or `name.alias`. */
  readonly providers: ReadonlyMap<string, ConfigBlock>;
  /** `terraform` blocks. */
  readonly settings: readonly ConfigBlock[];
};

/** `override.tf` and `x_override.tf` change what other files say. Source: Terraform language, "Override Files". */
const isOverride = ({ path }: SourceText): boolean => /(?:^|[/_])override\.(?:tf|tofu)(?:\.json)?$/.test(path);

type Named = Map<string, ConfigBlock>;

type Draft = {
  readonly variables: Named;
  readonly outputs: Named;
  readonly resources: Named;
  readonly ephemerals: Named;
  readonly calls: Named;
  readonly providers: Named;
  readonly locals: Map<string, ConfigAttribute>;
  readonly settings: ConfigBlock[];
};

/** Puts the files of one directory together. */
export const readModule = (directory: string, files: readonly ParsedFile[]): ModuleConfig => {
  const draft: Draft = {
    variables: new Map(),
    outputs: new Map(),
    resources: new Map(),
    ephemerals: new Map(),
    calls: new Map(),
    providers: new Map(),
    locals: new Map(),
    settings: [],
  };
  const blocks = (wanted: boolean): readonly ConfigBlock[] =>
    files
      .filter(({ file }) => isOverride(file) === wanted)
      .flatMap(({ file, body }) => body.blocks.map((block) => blockOf(block, file)));
  for (const block of blocks(false)) add(draft, block);
  for (const block of blocks(true)) override(draft, block);
  return { directory, files, ...draft };
};

/** Where a block belongs, and its name there; null for what says nothing of values (`moved`, `import`, `check`). */
const placeOf = (draft: Draft, { type, labels, body }: ConfigBlock): readonly [Named, string] | null => {
  const [first = '', second = ''] = labels;
  switch (type) {
    case 'resource':
      return [draft.resources, `${first}.${second}`];
    case 'data':
      return [draft.resources, `data.${first}.${second}`];
    case 'ephemeral':
      return [draft.ephemerals, `ephemeral.${first}.${second}`];
    case 'variable':
      return [draft.variables, first];
    case 'output':
      return [draft.outputs, first];
    case 'module':
      return [draft.calls, first];
    case 'provider':
      return [draft.providers, providerName(first, body)];
    default:
      return null;
  }
};

const providerName = (name: string, { attributes }: ConfigBody): string => {
  const alias = attributes.get('alias')?.value;
  return alias?.kind === 'literal' && typeof alias.value === 'string' ? `${name}.${alias.value}` : name;
};

/** Of two with one name Terraform takes none; the first is as good as the other. */
const add = (draft: Draft, block: ConfigBlock): void => {
  if (block.type === 'locals') addLocals(draft, block);
  else if (block.type === 'terraform') draft.settings.push(block);
  else {
    const place = placeOf(draft, block);
    if (place !== null && !place[0].has(place[1])) place[0].set(place[1], block);
  }
};

const addLocals = (draft: Draft, { body }: ConfigBlock): void => {
  for (const [name, attribute] of body.attributes) draft.locals.set(name, attribute);
};

const override = (draft: Draft, block: ConfigBlock): void => {
  const place = placeOf(draft, block);
  const before = place?.[0].get(place[1]);
  if (place === null || before === undefined) add(draft, block);
  else place[0].set(place[1], { ...before, body: mergeOverride(before.body, block.body) });
};
