import type { Diagnostic } from '../../model/diagnostic.ts';
import { suggest } from '../../model/suggest.ts';
import type { ConfigAttribute, ConfigBlock, ConfigBody } from './evaluate/config-body.ts';
import type { ModuleConfig } from './evaluate/configuration.ts';
import type { Modules } from './evaluate/modules.ts';
import { placeAt } from './lines.ts';
import { type Traversal, traversalsIn } from './names-in.ts';
import type { SourceText } from './syntax.ts';

/**
 * Names that a module uses and does not declare: Terraform refuses them, and what rests on them has no value. Source:
 * Terraform's own message, "Reference to undeclared resource", and the like for variables, locals and modules. Of a text that a plan
 * was made of it has accepted the names.
 */
export const undeclaredIn = (modules: Modules): readonly Diagnostic[] => {
  const all = modules.read().flatMap(undeclaredInModule);
  const more = all.slice(diagnosticsShown);
  const [first] = more;
  if (first === undefined) return all;
  const names = more.length === 1 ? 'One more name is' : `${more.length} more names are`;
  const summary = `${names} used and not declared in the module: Terraform refuses the configuration.`;
  const detail = 'Look whether all files of the configuration are there. What rests on these names stays undecided.';
  return [...all.slice(0, diagnosticsShown), { ...first, summary, detail }];
};

/** Where more is not declared, files are missing rather than letters. */
const diagnosticsShown = 5;

type Use = Traversal & { readonly file: SourceText };

/** Where a file could not be read to its end, what is declared there is not known. */
const undeclaredInModule = (config: ModuleConfig): readonly Diagnostic[] => {
  if (config.files.some(({ faults }) => faults.length > 0)) return [];
  const found = new Map<string, Diagnostic>();
  for (const use of usesIn(config)) {
    const kind = kindOf(use.names);
    const name = kind === null ? '' : use.names.slice(kind.before.length, kind.before.length + kind.length).join('.');
    const declared = kind?.declared(config);
    if (kind === null || declared === undefined || declared.has(name)) continue;
    const written = [...kind.before, name].join('.');
    if (!found.has(written)) found.set(written, undeclared(use, kind, name, [...declared.keys()]));
  }
  return [...found.values()];
};

/** A kind of name: what stands before it, of how many names it is made, and where those are that a module has. */
type Kind = {
  readonly what: string;
  readonly before: readonly string[];
  readonly length: number;
  readonly declared: (config: ModuleConfig) => ReadonlyMap<string, unknown>;
};

const kinds: readonly Kind[] = [
  { what: 'variable', before: ['var'], length: 1, declared: ({ variables }) => variables },
  { what: 'local value', before: ['local'], length: 1, declared: ({ locals }) => locals },
  { what: 'module', before: ['module'], length: 1, declared: ({ calls }) => calls },
  {
    what: 'data source',
    before: ['data'],
    length: 2,
    declared: ({ resources }) => namesWith(resources, /^data\./),
  },
];

const resource: Kind = {
  what: 'resource',
  before: [],
  length: 2,
  declared: ({ resources }) => namesWith(resources, /^(?!data\.)/),
};

const namesWith = (all: ReadonlyMap<string, unknown>, start: RegExp): ReadonlyMap<string, unknown> =>
  new Map([...all.keys()].filter((name) => start.test(name)).map((name) => [name.replace(/^data\./, ''), name]));

/** Null for what no block declares: `each`, `path`, and a name alone. */
const kindOf = (names: readonly string[]): Kind | null => {
  const [first = ''] = names;
  const kind = kinds.find(({ before }) => before[0] === first) ?? (/^[a-z0-9]+_\w+$/.test(first) ? resource : null);
  return kind !== null && names.length >= kind.before.length + kind.length ? kind : null;
};

/** Every name that is written where Terraform evaluates it. */
const usesIn = (config: ModuleConfig): readonly Use[] => [
  ...[...config.resources.values(), ...config.calls.values()].flatMap(({ body }) => usesInBody(body)),
  ...[...config.locals.values(), ...[...config.outputs.values()].flatMap(valueOf)].flatMap(usesInAttribute),
];

const valueOf = ({ body }: ConfigBlock): readonly ConfigAttribute[] => {
  const value = body.attributes.get('value');
  return value === undefined ? [] : [value];
};

/** What these hold are names of another kind; in JSON a `dynamic` block is an argument that binds its own. */
const ofOtherKind: ReadonlySet<string> = new Set(['provider', 'providers', 'lifecycle', 'dynamic', 'depends_on']);

const usesInBody = ({ attributes, blocks }: ConfigBody): readonly Use[] => [
  ...[...attributes].flatMap(([name, attribute]) => (ofOtherKind.has(name) ? [] : usesInAttribute(attribute))),
  ...blocks.flatMap((block) => (block.type === 'lifecycle' ? [] : usesInBlock(block))),
];

const usesInAttribute = ({ value, file }: ConfigAttribute): readonly Use[] =>
  traversalsIn(value).map((traversal) => ({ ...traversal, file }));

/** The iterator of a `dynamic` block is no name of the module. */
const usesInBlock = ({ type, labels, body }: ConfigBlock): readonly Use[] => {
  const uses = usesInBody(body);
  const iterator = body.attributes.get('iterator')?.value;
  const bound = iterator?.kind === 'name' ? iterator.name : labels[0];
  return type === 'dynamic' ? uses.filter(({ names }) => names[0] !== bound) : uses;
};

const namesShown = 5;

/** The nearest name; else those of the same type, which are few. */
const adviceOn = ({ before, length }: Kind, name: string, declared: readonly string[]): string => {
  const full = (one: string): string => [...before, one].join('.');
  const type = length === 2 ? name.slice(0, name.indexOf('.') + 1) : '';
  const alike = declared.filter((one) => one.startsWith(type)).map((one) => one.slice(type.length));
  const own = suggest(name.slice(type.length), alike);
  const near = own === undefined && alike.length === 0 ? suggest(name, declared) : own && `${type}${own}`;
  if (near !== undefined) return ` Did you mean ${full(near)}?`;
  const others = alike.slice(0, namesShown).map((one) => full(`${type}${one}`));
  return type === '' || others.length === 0 ? '' : ` Declared of this type: ${others.join(', ')}.`;
};

const undeclared = ({ span, file }: Use, kind: Kind, name: string, declared: readonly string[]): Diagnostic => {
  const { line, column, endLine, endColumn } = placeAt(file, span);
  const full = [...kind.before, name].join('.');
  return {
    severity: 'warning',
    code: 'reference-undeclared',
    summary: `${full} is used here, and no ${kind.what} of this name is declared in the module: Terraform refuses the configuration.`,
    detail: `What rests on it stays undecided.${adviceOn(kind, name, declared)}`,
    origin: { file: file.path, line, column, endLine, endColumn },
  };
};
