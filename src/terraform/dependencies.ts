/** What Terraform has done before it begins with a resource. */
export type Dependencies = {
  /** Addresses without instance keys: Terraform waits for all instances of a resource. */
  readonly resources: ReadonlySet<string>;
  /** False where something stands between that cannot be seen: a local value in a plan, a module that is not installed. */
  readonly complete: boolean;
};

/** The names of a traversal, without keys: `module.db["a"].arn` is module, db and arn. Empty where it cannot be read. */
export type Names = readonly string[];

/** A module of a configuration at the end of the calls that lead to it, and what its parts name. */
export type Place = {
  /** `module.a.module.b`; empty for the root. */
  readonly path: string;
  /** Null for the root. */
  readonly caller: Caller | null;
  /** By `type.name`, `data.type.name` or `ephemeral.type.name`; undefined where there is none. */
  readonly resource: (name: string) => readonly Names[] | undefined;
  readonly resources: () => Iterable<string>;
  /** Undefined where it cannot be seen. */
  readonly local: (name: string) => readonly Names[] | undefined;
  /** Undefined where there is none. */
  readonly output: (name: string) => readonly Names[] | undefined;
  /** Where a call leads: null where that cannot be seen, undefined where there is none. */
  readonly call: (name: string) => Place | null | undefined;
  readonly calls: () => Iterable<string>;
};

type Caller = {
  readonly place: Place;
  /** What `count`, `for_each` and `depends_on` of the call name: all that is in the module waits for it. */
  readonly settings: readonly Names[];
  readonly argument: (name: string) => readonly Names[];
  readonly arguments: () => readonly Names[];
};

type Step = { readonly place: Place; readonly names: Names };

type Walk = {
  readonly seen: Set<string>;
  readonly resources: Set<string>;
  /** A list, and no recursion: a configuration may chain any number of names. */
  readonly todo: Step[];
  complete: boolean;
};

/** All that a resource refers to, or names in `depends_on`, and all that this does, through modules. */
export const dependenciesFrom = (place: Place, resource: string): Dependencies => {
  const walk: Walk = { seen: new Set(), resources: new Set(), todo: [], complete: true };
  visitParts(walk, place, place.resource(resource) ?? []);
  for (let step = walk.todo.pop(); step !== undefined; step = walk.todo.pop()) visit(walk, step);
  return { resources: walk.resources, complete: walk.complete };
};

const add = ({ seen, todo }: Walk, place: Place, all: readonly Names[]): void => {
  for (const names of all) {
    if (seen.size < seen.add(`${place.path} ${names.slice(0, 3).join('.')}`).size) todo.push({ place, names });
  }
};

const visitParts = (walk: Walk, place: Place, parts: readonly Names[]): void => {
  add(walk, place, parts);
  for (let { caller } = place; caller !== null; { caller } = caller.place) add(walk, caller.place, caller.settings);
};

/** Names of an instance, and of where it runs: nothing is made for them. */
const ofInstances = new Set(['each', 'count', 'path', 'terraform', 'self']);

const visit = (walk: Walk, { place, names }: Step): void => {
  const [head, second = '', third] = names;
  if (head === undefined) walk.complete = false;
  else if (head === 'local') visitLocal(walk, place, second);
  else if (head === 'var') add(walk, place.caller?.place ?? place, place.caller?.argument(second) ?? []);
  else if (head === 'module') visitModule(walk, place, second, third);
  else if (!ofInstances.has(head)) visitResource(walk, place, names.slice(0, kinds.has(head) ? 3 : 2).join('.'));
};

const kinds = new Set(['data', 'ephemeral']);

const visitLocal = (walk: Walk, place: Place, name: string): void => {
  const parts = place.local(name);
  if (parts === undefined) walk.complete = false;
  else add(walk, place, parts);
};

const visitResource = (walk: Walk, place: Place, name: string): void => {
  const parts = place.resource(name);
  if (parts === undefined) return;
  const address = `${place.path === '' ? '' : `${place.path}.`}${name}`;
  if (walk.resources.size < walk.resources.add(address).size) visitParts(walk, place, parts);
};

/** Who names a module and no output of it, as in `depends_on`, waits for all that is in it. */
const visitModule = (walk: Walk, place: Place, name: string, output: string | undefined): void => {
  const inner = place.call(name);
  if (inner === null) walk.complete = false;
  else if (inner !== undefined && output === undefined) visitWhole(walk, inner);
  else if (inner !== undefined) add(walk, inner, inner.output(output ?? '') ?? []);
};

const visitWhole = (walk: Walk, place: Place): void => {
  if (place.caller !== null) add(walk, place.caller.place, place.caller.arguments());
  for (const name of place.resources()) visitResource(walk, place, name);
  for (const name of place.calls()) add(walk, place, [['module', name]]);
};
