import { type ListValue, type Tri, type Value, literal } from '../../model/value.ts';

/** What a resource of its own adds to another one, which `owner` names. */
export type Part = { readonly owner: Value<string>; readonly value: Value<string> };

/** The resource that parts may name: by reference to one of the paths, or by one of the texts. */
export type Owner = {
  readonly id: string;
  /** Resource types of such owners: a reference to another resource of them is one to something else. */
  readonly types: readonly string[];
  readonly paths: readonly string[];
  readonly texts: readonly Value<string>[];
};

/** Whether a part is this owner's; `'unknown'` where the plan does not say whose it is. */
const isPartOf = ({ owner }: Part, { id, types, paths, texts }: Owner): Tri => {
  if (owner.kind === 'absent') return false;
  if (owner.kind === 'known') return texts.some((text) => literal(text) === owner.value);
  const [reference, more] = owner.references;
  if (reference === undefined || more !== undefined || owner.trailEnds.length > 0) return 'unknown';
  const { resource, path } = reference;
  if (resource === id) return path === '' || paths.includes(path) || 'unknown';
  return types.some((type) => resource.includes(`${type}.`)) ? false : 'unknown';
};

export const ownPartsOf = (owner: Owner, parts: readonly Part[]): readonly Value<string>[] =>
  parts.filter((part) => isPartOf(part, owner) === true).map(({ value }) => value);

/** The list with the owner's parts; incomplete where some may be its own. */
export const withParts = (list: ListValue<string>, owner: Owner, parts: readonly Part[]): ListValue<string> => ({
  items: [...list.items, ...ownPartsOf(owner, parts).filter(({ kind }) => kind !== 'absent')],
  complete: list.complete && !parts.some((part) => isPartOf(part, owner) === 'unknown'),
  origin: list.origin,
});

/** A list of the values that are set. */
export const listOf = (values: readonly Value<string>[], origin: ListValue<string>['origin']): ListValue<string> => ({
  items: values.filter(({ kind }) => kind !== 'absent'),
  complete: true,
  origin,
});
