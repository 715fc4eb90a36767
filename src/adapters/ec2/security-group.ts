import type { SecurityGroup, SecurityGroupRule } from '../../model/auth-model.ts';
import { type ListValue, type Value, absent, unknown } from '../../model/value.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import {
  type View,
  argument,
  attribute,
  blocksOf,
  booleanArgument,
  listArgument,
  numberArgument,
  originOf,
  viewOf,
} from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';

type Direction = SecurityGroupRule['direction'];

const directions = ['ingress', 'egress'] as const;

const concatLists = (lists: readonly ListValue<string>[], origin: SecurityGroupRule['origin']): ListValue<string> => ({
  items: lists.flatMap((list) => list.items),
  complete: lists.every((list) => list.complete),
  origin,
});

const rangeNames = ['cidr_blocks', 'ipv6_cidr_blocks', 'prefix_list_ids'];

const inlineRule = (view: View, direction: Direction): SecurityGroupRule => ({
  origin: originOf(view),
  direction,
  protocol: argument(view, 'protocol'),
  fromPort: numberArgument(view, 'from_port'),
  toPort: numberArgument(view, 'to_port'),
  groups: listArgument(view, 'security_groups'),
  self: booleanArgument(view, 'self'),
  ranges: concatLists(
    rangeNames.map((name) => listArgument(view, name)),
    originOf(view),
  ),
});

/** The default group of a VPC loses every rule that its resource does not write, as a new one never has any. */
const adaptGroup = (resource: GraphResource): SecurityGroup => {
  const view = viewOf(resource);
  const sides = directions.map((direction) => ({ direction, ...blocksOf(view, direction, 'computed') }));
  return {
    ...entityOf(resource),
    groupId: attribute(view, 'id'),
    arn: attribute(view, 'arn'),
    vpcId: argument(view, 'vpc_id'),
    rules: sides.flatMap(({ direction, blocks }) => blocks.map((block) => inlineRule(block, direction))),
    incomplete: sides.filter(({ complete }) => !complete).map(({ direction }) => direction),
  };
};

/** A data source shows none of the rules. */
const adaptData = (resource: GraphResource): SecurityGroup => {
  const view = viewOf(resource);
  return {
    ...entityOf(resource),
    groupId: attribute(view, 'id'),
    arn: attribute(view, 'arn'),
    vpcId: attribute(view, 'vpc_id'),
    rules: [],
    incomplete: directions,
  };
};

/** `aws_security_group_rule`; one of a direction that is known after apply may be either, and opens nothing for sure. */
const adaptRule = (resource: GraphResource): readonly SecurityGroupRule[] => {
  const type = argument(viewOf(resource), 'type');
  if (type.kind === 'known') return [adaptDirected(resource, type.value === 'egress' ? 'egress' : 'ingress')];
  return directions.map((direction) => ({ ...adaptDirected(resource, direction), protocol: unknown(type.origin) }));
};

const adaptDirected = (resource: GraphResource, direction: Direction): SecurityGroupRule => {
  const view = viewOf(resource);
  const source = argument(view, 'source_security_group_id');
  return {
    origin: originOf(view),
    direction,
    protocol: argument(view, 'protocol'),
    fromPort: numberArgument(view, 'from_port'),
    toPort: numberArgument(view, 'to_port'),
    groups: listOf(source),
    self: booleanArgument(view, 'self'),
    ranges: concatLists(
      rangeNames.map((name) => listArgument(view, name)),
      originOf(view),
    ),
  };
};

const listOf = (value: Value<string>): ListValue<string> => ({
  items: value.kind === 'absent' ? [] : [value],
  complete: true,
  origin: value.origin,
});

/** `aws_vpc_security_group_ingress_rule` and `_egress_rule`. */
const adaptVpcRule = (resource: GraphResource, direction: Direction): SecurityGroupRule => {
  const view = viewOf(resource);
  return {
    origin: originOf(view),
    direction,
    protocol: argument(view, 'ip_protocol'),
    fromPort: numberArgument(view, 'from_port'),
    toPort: numberArgument(view, 'to_port'),
    groups: listOf(argument(view, 'referenced_security_group_id')),
    self: absent(originOf(view)),
    ranges: concatLists(
      ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id'].map((name) => listOf(argument(view, name))),
      originOf(view),
    ),
  };
};

export const securityGroup: Adapter = {
  types: [
    'aws_security_group',
    'aws_default_security_group',
    'aws_security_group_rule',
    'aws_vpc_security_group_ingress_rule',
    'aws_vpc_security_group_egress_rule',
  ],
  adapt: ({ graph }) => {
    const standalone = (resource: GraphResource, rule: SecurityGroupRule) => ({
      ...entityOf(resource),
      securityGroup: argument(viewOf(resource), 'security_group_id'),
      rule,
    });
    return {
      securityGroups: [
        ...graph.ofType('aws_security_group').map(adaptGroup),
        ...graph.ofType('aws_default_security_group').map(adaptGroup),
        ...graph.ofType('aws_security_group', 'data').map(adaptData),
      ],
      standaloneRules: [
        ...graph
          .ofType('aws_security_group_rule')
          .flatMap((resource) => adaptRule(resource).map((rule) => standalone(resource, rule))),
        ...graph
          .ofType('aws_vpc_security_group_ingress_rule')
          .map((resource) => standalone(resource, adaptVpcRule(resource, 'ingress'))),
        ...graph
          .ofType('aws_vpc_security_group_egress_rule')
          .map((resource) => standalone(resource, adaptVpcRule(resource, 'egress'))),
      ],
    };
  },
};
