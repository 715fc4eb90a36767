import type { Client } from '../../model/auth-model.ts';
import { type ListValue, type Value, absent, literal, unknown } from '../../model/value.ts';
import type { GraphResource, ResourceGraph } from '../../terraform/graph.ts';
import { type View, argument, attribute, listArgument, originOf, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';
import { bothModes, distinctOf } from '../shared/client.ts';
import { type Setting, dnsNames, hiddenSetting, hostTypes, readSettings } from '../shared/environment.ts';

type FindProfile = (profile: Value<string>) => GraphResource | undefined;

/** The instance profile in view that a name or a reference means; undefined where that is not certain. */
const profileFinder = (graph: ResourceGraph): FindProfile => {
  const byName = new Map<string, GraphResource>();
  for (const profile of bothModes(graph, 'aws_iam_instance_profile')) {
    const name = literal(attribute(viewOf(profile), 'name'));
    if (name !== undefined && !byName.has(name)) byName.set(name, profile);
  }
  return (profile) => {
    if (profile.kind === 'known') return byName.get(profile.value);
    if (profile.kind === 'absent' || profile.references.length !== 1) return undefined;
    const found = graph.byId(profile.references[0]?.resource ?? '');
    return found?.type === 'aws_iam_instance_profile' ? found : undefined;
  };
};

/** Behind a profile that is not in view is a role that nobody can see. */
const roleOf = (profile: Value<string>, find: FindProfile): Value<string> => {
  const found = find(profile);
  if (profile.kind === 'absent') return profile;
  if (found === undefined) return unknown(profile.origin);
  return found.mode === 'data' ? attribute(viewOf(found), 'role_arn') : argument(viewOf(found), 'role');
};

/** Groups by id, or by name as in a default VPC; an instance that exists shows both. */
const groupsOf = (view: View): ListValue<string> => {
  const byId = listArgument(view, 'vpc_security_group_ids');
  return byId.items.length > 0 ? byId : { ...listArgument(view, 'security_groups'), complete: byId.complete };
};

/** Of a script nothing is read but what it refers to. */
const scriptSettings = (view: View): readonly Setting[] =>
  ['user_data', 'user_data_base64'].flatMap((name) => {
    const value = argument(view, name);
    if (value.kind === 'absent') return [];
    return [value.kind === 'unknown' ? { name: null, value } : hiddenSetting(value.origin)];
  });

const adaptInstance = (resource: GraphResource, find: FindProfile, names: ReadonlySet<string>): Client => {
  const view = viewOf(resource);
  const subnet = argument(view, 'subnet_id');
  const securityGroups = groupsOf(view);
  return {
    ...entityOf(resource),
    kind: 'ec2',
    role: roleOf(argument(view, 'iam_instance_profile'), find),
    executionRole: absent(originOf(view, 'iam_instance_profile')),
    securityGroups,
    subnets: { items: subnet.kind === 'absent' ? [] : [subnet], complete: true, origin: subnet.origin },
    // Without any it has the default group of its VPC, or those of a network interface.
    inVpc: securityGroups.items.length > 0,
    ...readSettings(scriptSettings(view), names, originOf(view, 'user_data')),
  };
};

export const instance: Adapter = {
  types: ['aws_instance', 'aws_iam_instance_profile', ...hostTypes],
  adapt: ({ graph }) => {
    const find = profileFinder(graph);
    const names = dnsNames(graph);
    return {
      clients: distinctOf(graph, 'aws_instance', 'instance_id', 'id').map((resource) =>
        adaptInstance(resource, find, names),
      ),
    };
  },
};
