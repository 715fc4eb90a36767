import type { AuthModel, Entity, EntityLists } from '../model/auth-model.ts';
import type { Value } from '../model/value.ts';
import { findersOf } from './finders.ts';
import { type Aliases, type Join, documentOf } from './join.ts';

/** Data sources that read what this configuration manages are the managed thing itself. */
export const sameEntities = (model: AuthModel, aliases: Aliases): ReadonlyMap<string, string> => {
  const managed = <T extends Entity>(list: readonly T[]): readonly T[] => list.filter((entity) => entity.managed);
  const read = <T extends Entity>(list: readonly T[]): readonly T[] => list.filter((entity) => !entity.managed);
  const finders = findersOf(
    {
      ...model,
      databases: managed(model.databases),
      proxies: managed(model.proxies),
      secrets: managed(model.secrets),
      kmsKeys: managed(model.kmsKeys),
      principals: managed(model.principals),
      policyCarriers: managed(model.policyCarriers),
      securityGroups: managed(model.securityGroups),
    },
    aliases,
  );
  const pairs: (readonly [string, Join<Entity>])[] = [
    ...read(model.databases).map((data) => [data.id, finders.findDatabase(data.identifier, data.kind)] as const),
    ...read(model.proxies).map((data) => [data.id, finders.findProxy(data.name)] as const),
    ...read(model.secrets).flatMap((data) => data.lookup.map((by) => [data.id, finders.findSecret(by)] as const)),
    ...read(model.principals).map((data) => [data.id, finders.findPrincipal(data.name, data.kind)] as const),
    ...read(model.policyCarriers).flatMap((data) =>
      [finders.findPolicyByName(data.name), finders.findPolicy(data.arn)].map((join) => [data.id, join] as const),
    ),
    ...read(model.securityGroups).map((data) => [data.id, finders.findSecurityGroup(data.groupId)] as const),
  ];
  const readHere = pairs.flatMap(([id, join]) => (join.kind === 'one' ? [[id, join.entity.id] as const] : []));
  const lists = [
    model.databases,
    model.proxies,
    model.secrets,
    model.kmsKeys,
    model.principals,
    model.policyCarriers,
    model.securityGroups,
  ];
  return new Map([...lists.flatMap(copiesOfJudged), ...readHere]);
};

/** What a context holds of an object that the judged input has itself, such as its own earlier state. */
const copiesOfJudged = (
  list: readonly (Entity & { readonly arn: Value<string> })[],
): readonly (readonly [string, string])[] => {
  const judged = new Map(
    list.flatMap(({ id, arn, judged: own }) => (own && arn.kind === 'known' ? [[arn.value, id] as const] : [])),
  );
  return list.flatMap(({ id, arn, judged: own }) => {
    const same = own || arn.kind !== 'known' ? undefined : judged.get(arn.value);
    return same === undefined ? [] : [[id, same] as const];
  });
};

/** The model without what is there a second time. */
export const withoutDuplicates = (model: AuthModel, { same }: Aliases): AuthModel => {
  const own = earlierStates(model, same);
  const isOwn = ({ id, judged }: Entity): boolean => !judged && own.has(documentOf(id));
  const distinct = <T extends Entity>(list: readonly T[]): readonly T[] => {
    const judged = new Set(list.flatMap((entity) => (entity.judged ? [entity.address] : [])));
    return list.filter((entity) => !same.has(entity.id) && !(isOwn(entity) && judged.has(entity.address)));
  };
  const { aliases, complete, cut, judgedInput, ...lists } = model;
  const filtered = Object.entries(lists).map(([name, list]) => [name, distinct(list as readonly Entity[])]);
  return { aliases, complete, cut, judgedInput, ...(Object.fromEntries(filtered) as Omit<EntityLists, 'aliases'>) };
};

/** Context inputs that hold an object of the judged one under its own address: states of the same workspace. */
const earlierStates = (model: AuthModel, same: ReadonlyMap<string, string>): ReadonlySet<number> => {
  const all = [...model.databases, ...model.proxies, ...model.secrets, ...model.principals];
  const copies = all.filter(({ id, address, judged }) => !judged && same.get(id) === address);
  return new Set(copies.map(({ id }) => documentOf(id)));
};
