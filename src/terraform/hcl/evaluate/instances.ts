import type { InstanceKey } from '../../address.ts';
import type { Origins } from '../../origins.ts';
import type { Symbolic } from '../symbolic.ts';
import { list, lost, map, originsOf, scalar, unknownFrom } from '../values.ts';
import type { ConfigBlock } from './config-body.ts';
import { elementsOf, openOf } from './elements.ts';
import { evaluate } from './evaluate.ts';
import type { Scope } from './scope.ts';

/** The instances that `count` or `for_each` makes of a resource or module call. */
export type Instances = {
  readonly kind: 'single' | 'count' | 'each';
  /** What `each.value` is for each key. */
  readonly values: ReadonlyMap<InstanceKey | null, Symbolic>;
  /** Set where there may be more, or fewer. */
  readonly open?: Origins;
};

/** What stands for the key of an instance that nobody knows. */
const anyKey = '*';

/** More instances than anybody plans: beyond, nothing is made and the whole is open. */
const mostInstances = 10_000;

const single: Instances = { kind: 'single', values: new Map([[null, scalar(null)]]) };

/** As the plan lists them, or else as the text says. */
export const instancesOf = (
  { body }: Pick<ConfigBlock, 'body'>,
  scope: Scope,
  planned: readonly (InstanceKey | null)[] | undefined,
): Instances => {
  const count = body.attributes.get('count');
  const forEach = body.attributes.get('for_each');
  const written = (forEach ?? count) as typeof count;
  const value = written === undefined ? undefined : evaluate(written.value, { ...scope, file: written.file });
  if (planned !== undefined) return asPlanned(planned, forEach === undefined ? undefined : value);
  if (value === undefined) return single;
  return forEach === undefined ? counted(value) : each(value);
};

const asPlanned = (keys: readonly (InstanceKey | null)[], forEach: Symbolic | undefined): Instances => {
  const values = new Map(keys.map((key) => [key, eachValue(forEach, key)] as const));
  if (keys.includes(null)) return { kind: 'single', values };
  return { kind: keys.some((key) => typeof key === 'number') ? 'count' : 'each', values };
};

const eachValue = (forEach: Symbolic | undefined, key: InstanceKey | null): Symbolic => {
  if (forEach === undefined || key === null) return scalar(null);
  const found = elementsOf(forEach)?.find(([name]) => name.kind === 'known' && name.value === key);
  if (found !== undefined) return found[1];
  const origins = originsOf(forEach);
  return origins.references.length + origins.trailEnds.length > 0 ? unknownFrom(origins) : lost('each.value');
};

const counted = (count: Symbolic): Instances => {
  const number = count.kind === 'known' && count.value !== null ? Number(count.value) : Number.NaN;
  if (number >= 0 && number <= mostInstances) {
    return { kind: 'count', values: new Map(Array.from({ length: number }, (_, i) => [i, scalar(null)])) };
  }
  return { kind: 'count', values: new Map([[0, scalar(null)]]), open: openBy(count, 'count') };
};

const each = (value: Symbolic): Instances => {
  const { values, hidden } = keyed(value);
  if (!hidden && openOf(value) === undefined) return { kind: 'each', values };
  const unseen = openBy(value, 'for_each');
  return { kind: 'each', values: new Map([...values, [anyKey, unknownFrom(unseen)]]), open: unseen };
};

/** `hidden`: there are elements whose keys nobody knows. */
const keyed = (value: Symbolic): { readonly values: Instances['values']; readonly hidden: boolean } => {
  const elements = elementsOf(value);
  if (elements === null || elements.length > mostInstances) return { values: new Map(), hidden: true };
  const named = elements.flatMap(([key, item]): [string, Symbolic][] => {
    // A set that was not converted to one has the elements themselves as keys.
    const name = value.kind === 'list' ? item : key;
    return name.kind === 'known' && name.value !== null ? [[String(name.value), item]] : [];
  });
  return { values: new Map(named), hidden: named.length < elements.length };
};

const openBy = (value: Symbolic, name: string): Origins => {
  const { references, trailEnds } = originsOf(value);
  return references.length + trailEnds.length > 0 ? { references, trailEnds } : { references, trailEnds: [name] };
};

/** What a reference to the whole comes to: one object, a list, or a map of them. */
export const collectionOf = (
  { kind, values, open }: Instances,
  object: (key: InstanceKey | null) => Symbolic,
): Symbolic => {
  if (kind === 'single') return object(null);
  const keys = [...values.keys()];
  if (kind === 'count') {
    return list(keys.map(object), 'tuple', open);
  }
  // The one with a key that nobody knows is none that could be asked for by name.
  const named = keys.filter((key) => open === undefined || key !== anyKey);
  return map(new Map(named.map((key) => [String(key), object(key)])), 'object', open);
};

/** `each` and `count` of one instance. */
export const namesOf = ({ kind, values }: Instances, key: InstanceKey | null): ReadonlyMap<string, Symbolic> => {
  if (kind === 'count') return new Map([['count', map(new Map([['index', scalar(key ?? 0)]]))]]);
  if (kind === 'single') return new Map();
  const value = values.get(key) ?? lost('each.value');
  const name: Symbolic = key === anyKey ? lost('each.key') : scalar(key);
  return new Map([
    [
      'each',
      map(
        new Map([
          ['key', name],
          ['value', value],
        ]),
      ),
    ],
  ]);
};
