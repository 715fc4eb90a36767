import type { AuthModel, Entity, ParameterGroup, PrefixList, Subnet, SubnetGroup, Vpc } from '../model/auth-model.ts';
import type { Value } from '../model/value.ts';
import { type Aliases, type Join, indexCandidates, joinValue } from './join.ts';

/** Finders for what a network is made of, security groups apart, and for the other groups that a database has. */
export type NetworkFinders = {
  readonly findVpc: (id: Value<string>) => Join<Vpc>;
  readonly findSubnet: (id: Value<string>) => Join<Subnet>;
  readonly findSubnetGroup: (name: Value<string>) => Join<SubnetGroup>;
  readonly findPrefixList: (id: Value<string>) => Join<PrefixList>;
  readonly findParameterGroup: (name: Value<string>) => Join<ParameterGroup>;
};

export const networkFinders = (model: AuthModel, aliases: Aliases): NetworkFinders => ({
  findVpc: finder(model.vpcs, ['id', 'arn'], ({ vpcId }) => [vpcId], aliases),
  findSubnet: finder(model.subnets, ['id', 'arn'], ({ subnetId, arn }) => [subnetId, arn], aliases),
  findSubnetGroup: finder(model.subnetGroups, ['name', 'id', 'arn', 'subnet_ids'], ({ name }) => [name], aliases),
  findPrefixList: finder(model.prefixLists, ['id', 'arn'], ({ listId }) => [listId], aliases),
  findParameterGroup: finder(model.parameterGroups, ['name', 'id', 'arn'], ({ name }) => [name], aliases),
});

const finder = <T extends Entity>(
  entities: readonly T[],
  paths: readonly string[],
  textsOf: (entity: T) => readonly Value<string>[],
  aliases: Aliases,
): ((value: Value<string>) => Join<T>) => {
  const index = indexCandidates(entities.map((entity) => ({ id: entity.id, entity, paths, texts: textsOf(entity) })));
  return (value) => joinValue(value, index, aliases);
};
