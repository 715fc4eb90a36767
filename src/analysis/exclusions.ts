import type { ExclusivePolicies, PolicyCarrier, Principal, PrincipalKind } from '../model/auth-model.ts';
import { type Tri, type Value, literal } from '../model/value.ts';
import { type Holder, resolveHolder } from './holders.ts';
import { canonicalId } from './join.ts';
import { push } from './push.ts';
import { mayBeSame, mayHaveArn } from './read-policies.ts';
import type { World } from './world.ts';

/** An exclusive list that takes a policy away, or of which nobody can say whether it does. */
export type Exclusion = { readonly by: ExclusivePolicies; readonly taken: true | 'unknown' };

export type Exclusions = {
  readonly ofCarrier: (principal: Principal, carrier: PolicyCarrier) => Exclusion | null;
  /** Of an attached policy that is not in view. */
  readonly ofArn: (principal: Principal, arn: string) => Exclusion | null;
};

/** An exclusive list, read once. */
type List = {
  readonly by: ExclusivePolicies;
  /** False where it may be the list of somebody else. */
  readonly certain: boolean;
  /** Policies in view that it names. */
  readonly ids: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
  /** The attached policies among them. */
  readonly carriers: readonly PolicyCarrier[];
  /** Something may be on it that the plan does not show. */
  readonly open: boolean;
};

export const findExclusions = (world: World): Exclusions => {
  const lists = listsByHolder(world);
  const listsFor = (covers: ExclusivePolicies['covers'], { id, kind }: Principal): readonly List[] => [
    ...(lists.get(`${covers} ${id}`) ?? []),
    ...(lists.get(`${covers} ${kind}`) ?? []),
  ];
  return {
    ofCarrier: (principal, carrier) =>
      carrier.holder === null
        ? exclusionIn(listsFor('attached', principal), (list) => listsAttached(list, carrier))
        : exclusionIn(listsFor('inline', principal), (list) => listsInline(list, carrier)),
    ofArn: (principal, arn) => exclusionIn(listsFor('attached', principal), (list) => listsArn(list, arn)),
  };
};

/** By the id of the principal, or by its kind where nobody can see whose list it is. */
const listsByHolder = (world: World): ReadonlyMap<string, readonly List[]> => {
  const lists = new Map<string, List[]>();
  const inline = new Set(
    world.model.policyCarriers.flatMap(({ id, holder }) => (holder === null || isPrincipal(id) ? [] : [id])),
  );
  for (const exclusive of world.model.exclusivePolicies) {
    const { kind, name } = exclusive.holder;
    const holders = resolveHolder(world, name, kind);
    const list = readList(world, inline, exclusive);
    for (const key of holders.flatMap((holder) => keyOf(holder, kind))) {
      push(lists, `${exclusive.covers} ${key}`, { ...list, certain: holders.length === 1 && key !== kind });
    }
  }
  return lists;
};

const keyOf = (holder: Holder, kind: PrincipalKind): readonly string[] => {
  if (holder.kind === 'principal') return [holder.principal.id];
  return holder.kind === 'unknown' ? [kind] : [];
};

/** The blocks of a role go by its id, which says nothing of which of them is meant. */
const isPrincipal = (id: string): boolean => /(?:^|[./])aws_iam_(?:role|user|group)\.[\w-]+(?:\[.*\])?$/.test(id);

const readList = (world: World, inline: ReadonlySet<string>, by: ExclusivePolicies): Omit<List, 'certain'> => {
  const ids = new Set<string>();
  const texts = new Set<string>();
  const carriers: PolicyCarrier[] = [];
  let open = !by.policies.complete;
  for (const item of by.policies.items) {
    const named = by.covers === 'inline' ? inlineNamed(world, inline, item) : attachedNamed(world, item);
    if (named.id !== undefined) ids.add(named.id);
    else if (named.text !== undefined) texts.add(named.text);
    else open = true;
    if (named.carrier !== undefined) carriers.push(named.carrier);
  }
  return { by, ids, texts, carriers, open };
};

/** A policy in view, or the text that names one out of view; neither where nobody can say. */
type Named = { readonly id?: string; readonly carrier?: PolicyCarrier; readonly text?: string };

const inlineNamed = (world: World, inline: ReadonlySet<string>, item: Value<string>): Named => {
  if (item.kind === 'known') return { text: item.value };
  if (item.kind === 'absent' || item.references.length !== 1 || item.trailEnds.length > 0) return {};
  if (item.template !== undefined && item.template.length > 1) return {};
  const [reference] = item.references;
  const id = reference?.path === 'name' ? canonicalId(reference.resource, world.aliases) : '';
  return inline.has(id) ? { id } : {};
};

const attachedNamed = (world: World, item: Value<string>): Named => {
  const join = world.findPolicy(item);
  if (join.kind === 'one') return { id: join.entity.id, carrier: join.entity };
  if (join.kind === 'outside') return { text: join.text };
  return item.kind === 'known' ? { text: item.value } : {};
};

const exclusionIn = (lists: readonly List[], listed: (list: List) => Tri): Exclusion | null => {
  const answers = lists.map((list) => ({ list, answer: listed(list) }));
  const missing = answers.find(({ list, answer }) => answer === false && list.certain);
  if (missing !== undefined) return { by: missing.list.by, taken: true };
  const open = answers.find(({ answer }) => answer !== true);
  return open === undefined ? null : { by: open.list.by, taken: 'unknown' };
};

const listsText = ({ texts, open }: List, text: string): Tri => {
  if (texts.has(text)) return true;
  return open ? 'unknown' : false;
};

const listsArn = (list: List, arn: string): Tri => {
  const listed = listsText(list, arn);
  return listed === false && list.carriers.some((carrier) => mayHaveArn(carrier, arn)) ? 'unknown' : listed;
};

const listsAttached = ({ ids, texts, carriers, open }: List, carrier: PolicyCarrier): Tri => {
  if (ids.has(carrier.id)) return true;
  const may = (texts.size > 0 && mayBeAnyText(carrier)) || carriers.some((one) => mayBeSame(one, carrier));
  return open || may ? 'unknown' : false;
};

const listsInline = (list: List, carrier: PolicyCarrier): Tri => {
  if (list.ids.has(carrier.id)) return true;
  const name = literal(carrier.name);
  if (name !== undefined) return listsText(list, name);
  const some = list.texts.size > 0 || list.ids.size > 0;
  return list.open || (some && mayBeAnyText(carrier)) ? 'unknown' : false;
};

/** A name that Terraform makes up is none that anybody wrote down before. */
const mayBeAnyText = ({ id, name, arn }: PolicyCarrier): boolean =>
  arn.kind !== 'known' &&
  name.kind !== 'known' &&
  !(name.kind === 'unknown' && name.template?.length === 1 && name.references[0]?.resource === id);

/** What to call a policy: an `inline_policy` block has the address of the role that it stands in. */
export const describePolicy = ({ address, name }: PolicyCarrier, principal: Principal): string => {
  if (address !== principal.address) return address;
  const text = literal(name);
  return text === undefined ? 'an inline_policy block' : `the inline_policy "${text}"`;
};
