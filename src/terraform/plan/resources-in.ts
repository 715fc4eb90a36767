import { type Json, isObject } from '../json.ts';

type Lists = WeakMap<readonly Json[], readonly Json[]>;

const gone: WeakMap<ReadonlySet<string>, Lists> = new WeakMap();

/**
 * What has to be looked at of a list of resources or changes: those of the wanted types, and whatever is not as it
 * should be. Most of a large plan is neither, so each list is gone through once, whoever asks for it.
 */
export const resourcesIn = (list: readonly Json[], wanted: ReadonlySet<string>): readonly Json[] => {
  const lists: Lists = gone.get(wanted) ?? new WeakMap();
  gone.set(wanted, lists);
  const left = lists.get(list) ?? list.filter((node) => !isPassedOver(node, wanted));
  lists.set(list, left);
  return left;
};

/**
 * What nobody reads may be as it likes, save that it is no wanted resource under another type. This runs for every
 * resource of a plan before Node has compiled it, and is written out so that it calls as little as it can.
 */
const isPassedOver = (node: Json, wanted: ReadonlySet<string>): boolean => {
  if (!isObject(node)) return false;
  const { address, type, name, mode } = node;
  if (typeof type !== 'string' || wanted.has(type) || typeof address !== 'string') return false;
  if (typeof name !== 'string' || typeof mode !== 'string' || name === '' || mode === '' || type === '') return false;
  const at = address.indexOf(type);
  return at >= 0 && (address[at + type.length] === '.' || address.includes(`${type}.`));
};
