import { renderKey } from '../address.ts';
import { type Json, type JsonObject, isFilled, isObject } from '../json.ts';
import { type Faults, arrayIn, checkDepth, childAt, isShallow, objectIn, stringIn } from './faults.ts';

export type Draft = {
  readonly faults: Faults;
  readonly wanted: ReadonlySet<string>;
  /** Of the resources that were seen, with the keys of deposed objects. */
  readonly addresses: Set<string>;
};

type Identity = {
  readonly address: string;
  readonly type: string;
  readonly wanted: boolean;
};

/** A change of a resource: whose it is, and, if it is of a wanted type, what it says. */
export const checkChange = (draft: Draft, node: Json): void => {
  const identity = identify(draft, node, 'resource_changes');
  if (identity === undefined || !isObject(node)) return;
  const modulePath = moduleOf(draft, node, identity);
  checkAddress(draft, node, identity, [modulePath]);
  checkOnce(draft, identity, node['deposed']);
  if (identity.wanted) checkContents(draft, node, identity);
};

/** A resource of a state, which names its module by where it stands. */
export const checkStateResource = (draft: Draft, node: Json, modulePath: string): void => {
  const identity = identify(draft, node, 'resources');
  if (identity === undefined || !isObject(node)) return;
  // Old versions of Terraform wrote it without the module.
  checkAddress(draft, node, identity, [modulePath, '']);
  checkOnce(draft, { ...identity, address: `${modulePath} ${identity.address}` }, node['deposed_key']);
  if (!identity.wanted) return;
  const { faults } = draft;
  const { address } = identity;
  const values = objectIn(node, 'values', { faults, place: 'values', address });
  // Every object has an id at least.
  if (values === undefined) faults.add({ place: 'values', address });
  checkDepth(values, { faults, place: 'values', address });
  checkFlags(draft, node, 'sensitive_values', address);
};

const identify = ({ faults, wanted }: Draft, node: Json, list: string): Identity | undefined => {
  if (!isObject(node)) {
    faults.add({ place: `${list}[]` });
    return undefined;
  }
  const plain = plainKeys(node);
  if (plain !== null) return { address: plain.address, type: plain.type, wanted: wanted.has(plain.type) };
  const address = stringIn(node, 'address', { faults, place: `${list}[].address` });
  const type = stringIn(node, 'type', { faults, place: 'type', address });
  stringIn(node, 'name', { faults, place: 'name', address });
  stringIn(node, 'mode', { faults, place: 'mode', address });
  if (address === undefined || type === undefined) return undefined;
  return { address, type, wanted: wanted.has(type) };
};

type Keys = { readonly address: string; readonly type: string; readonly name: string; readonly mode: string };

/** What every resource is known by, where all of it is as it should be: nothing has to be noted then. */
export const plainKeys = ({ address, type, name, mode }: JsonObject): Keys | null =>
  isFilled(address) && isFilled(type) && isFilled(name) && isFilled(mode) ? { address, type, name, mode } : null;

const moduleOf = ({ faults }: Draft, node: JsonObject, { address }: Identity): string => {
  const path = childAt(node, 'module_address');
  if (path !== undefined && typeof path !== 'string') faults.add({ place: 'module_address', address });
  return typeof path === 'string' ? path : '';
};

/** An address is made of the other keys: where they differ, one of them is wrong, and nobody can tell which. */
const checkAddress = (
  { faults }: Draft,
  node: JsonObject,
  { address, type }: Identity,
  modules: readonly string[],
): void => {
  const { mode, name } = node;
  // What is no text has been noted.
  if (typeof mode !== 'string' || typeof name !== 'string') return;
  const own = `${mode === 'managed' ? '' : `${mode}.`}${type}.${name}`;
  const index = childAt(node, 'index');
  const isKey = index === undefined || typeof index === 'string' || typeof index === 'number';
  if (!isKey) faults.add({ place: 'index', address });
  const fits = modules.some((path) => {
    const whole = path === '' ? own : `${path}.${own}`;
    // Keys of instances that nobody can count yet are `[*]`; keys in quotes are not taken apart.
    if (index === undefined && node['index_unknown'] !== true) return address === whole;
    return typeof index === 'number' ? address === whole + renderKey(index) : address.startsWith(`${whole}[`);
  });
  if (isKey && !fits) faults.add({ place: 'address, type, name, mode or index', address });
};

const deposedKey = /^[0-9a-f]{8}$/;

/** Old objects of a replacement stand beside the new one, under a key of their own. */
const checkOnce = ({ faults, addresses }: Draft, { address }: Identity, deposed: Json | undefined): void => {
  if (deposed !== undefined && !(typeof deposed === 'string' && deposedKey.test(deposed))) {
    faults.add({ place: 'deposed key', address });
  }
  const key = typeof deposed === 'string' ? `${address} ${deposed}` : address;
  if (addresses.has(key)) faults.add({ place: 'address', address: address.trim(), problem: 'repeated' });
  addresses.add(key);
};

const knownActions: ReadonlySet<unknown> = new Set(['no-op', 'create', 'read', 'update', 'delete', 'forget']);

const checkContents = (draft: Draft, node: JsonObject, { address }: Identity): void => {
  const { faults } = draft;
  const change = childAt(node, 'change');
  if (!isObject(change)) {
    faults.add({ place: 'change', address });
    return;
  }
  const actions = arrayIn(change, 'actions', { faults, place: 'change.actions', address });
  checkActions(draft, actions, address);
  const isDeposed = node['deposed'] !== undefined;
  if (isDeposed && actions.includes('create')) faults.add({ place: 'deposed key', address });
  checkValues(draft, change, actions, address);
  for (const key of ['after_unknown', 'after_sensitive', 'before_sensitive']) checkFlags(draft, change, key, address);
};

const checkActions = ({ faults }: Draft, actions: readonly Json[], address: string): void => {
  const isWrong = actions.length === 0 || actions.some((action) => typeof action !== 'string');
  if (isWrong) faults.add({ place: 'change.actions', address });
  else if (!actions.every((action) => knownActions.has(action))) {
    faults.add({ place: 'change.actions', address, problem: 'new' });
  }
};

/** The object is null after what removes it, and where all of it is unknown. What was before decides nothing alone. */
const checkValues = ({ faults }: Draft, change: JsonObject, actions: readonly Json[], address: string): void => {
  const isGone = actions.every((action) => action === 'delete' || action === 'forget' || !knownActions.has(action));
  const mayBeNull = { after: isGone || change['after_unknown'] === true, before: true };
  for (const key of ['after', 'before'] as const) {
    const value = change[key] ?? null;
    if (value === null ? !mayBeNull[key] : !isObject(value)) faults.add({ place: `change.${key}`, address });
    else checkDepth(value, { faults, place: `change.${key}`, address });
  }
};

/** `after_unknown` and its like: `true` leaves, nested like the values, or one `true` or `false` for the whole. */
const checkFlags = ({ faults }: Draft, parent: JsonObject, key: string, address: string): void => {
  const flags = childAt(parent, key);
  if (flags === undefined || (!Array.isArray(flags) && isShallow(flags, isFlag))) return;
  faults.add({ place: key, address, problem: isShallow(flags) ? 'wrong' : 'too deep' });
};

const isFlag = (leaf: unknown): boolean => typeof leaf === 'boolean';
