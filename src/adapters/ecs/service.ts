import type { Client } from '../../model/auth-model.ts';
import { literal } from '../../model/value.ts';
import type { GraphResource, ResourceGraph } from '../../terraform/graph.ts';
import { argument, attribute, blocksOf, listArgument, originOf, viewOf } from '../../terraform/values.ts';
import { bothModes, isInVpc, noList } from '../shared/client.ts';

/** Services by the id of the task definition that they run. */
export type Services = ReadonlyMap<string, readonly GraphResource[]>;

/** Task definitions, those that a data source reads and this configuration manages left out. */
export const taskDefinitions = (graph: ResourceGraph): readonly GraphResource[] => {
  const find = definitionFinder(graph);
  return bothModes(graph, 'aws_ecs_task_definition').filter((definition) => find(definition) === definition.id);
};

/** Services whose task definition is one in view for certain. */
export const servicesByDefinition = (graph: ResourceGraph): Services => {
  const find = definitionFinder(graph);
  const services = new Map<string, GraphResource[]>();
  for (const service of bothModes(graph, 'aws_ecs_service')) {
    const [id, another] = new Set(definitionsIn(service, find));
    if (id !== undefined && another === undefined) services.set(id, [...(services.get(id) ?? []), service]);
  }
  return services;
};

type Find = (named: GraphResource | string) => string | undefined;

const definitionsIn = (resource: GraphResource, find: (named: string) => string | undefined): readonly string[] => {
  const value = argument(viewOf(resource), 'task_definition');
  if (value.kind === 'known')
    return [find(value.value) ?? find(familyIn(value.value))].filter((id) => id !== undefined);
  if (value.kind === 'absent') return [];
  return value.references.flatMap(({ resource: id }) => find(id) ?? []);
};

/** `arn:aws:ecs:…:task-definition/family:revision`, `family:revision` or `family`. */
const familyIn = (text: string): string => text.slice(text.lastIndexOf('/') + 1).replace(/:\d+$/, '');

/** The id of a task definition, by its id or family, or by a data source that reads it. */
const definitionFinder = (graph: ResourceGraph): Find => {
  const managed = graph.ofType('aws_ecs_task_definition');
  const byName = new Map(managed.flatMap((definition) => namesOf(definition).map((name) => [name, definition.id])));
  for (const data of graph.ofType('aws_ecs_task_definition', 'data')) {
    const [same] = definitionsIn(data, (name) => byName.get(name));
    const id = same ?? data.id;
    byName.set(data.id, id);
    for (const name of namesOf(data)) if (!byName.has(name)) byName.set(name, id);
  }
  return (named) => byName.get(typeof named === 'string' ? named : named.id);
};

const namesOf = (definition: GraphResource): readonly string[] => [
  definition.id,
  ...['family', 'arn', 'arn_without_revision'].flatMap((name) => literal(attribute(viewOf(definition), name)) ?? []),
];

/** Only with `network_configuration` does a task have groups of its own. */
export const serviceNetwork = (service: GraphResource): Pick<Client, 'securityGroups' | 'subnets' | 'inVpc'> => {
  const view = viewOf(service);
  const network = blocksOf(view, 'network_configuration');
  const [block] = network.blocks;
  const nothing = { ...noList(originOf(view, 'network_configuration')), complete: network.complete };
  const securityGroups = block === undefined ? nothing : listArgument(block, 'security_groups');
  return {
    securityGroups,
    subnets: block === undefined ? nothing : listArgument(block, 'subnets'),
    inVpc: isInVpc(network, securityGroups),
  };
};
