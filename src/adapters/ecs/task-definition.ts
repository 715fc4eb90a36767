import type { Client } from '../../model/auth-model.ts';
import type { Origin } from '../../model/value.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { argument, originOf, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';
import { unseenList } from '../shared/client.ts';
import { dnsNames, hostTypes, readSettings } from '../shared/environment.ts';
import { containerSettings } from './container-settings.ts';
import { serviceNetwork, servicesByDefinition, taskDefinitions } from './service.ts';

const unseenNetwork = (origin: Origin): Pick<Client, 'securityGroups' | 'subnets' | 'inVpc'> => {
  return { securityGroups: unseenList(origin), subnets: unseenList(origin), inVpc: 'unknown' };
};

/**
 * A task definition as each of its services runs it. Two services have groups of their own, and one of them may be let
 * in where the other is not: then each is a client, at its own address.
 */
const adaptTasks = (
  definition: GraphResource,
  services: readonly GraphResource[],
  names: ReadonlySet<string>,
): readonly Client[] => {
  const view = viewOf(definition);
  const task = {
    kind: 'ecs-task' as const,
    role: argument(view, 'task_role_arn'),
    executionRole: argument(view, 'execution_role_arn'),
    ...readSettings(containerSettings(view), names, originOf(view, 'container_definitions')),
  };
  const [only, another] = services;
  if (only === undefined) return [{ ...entityOf(definition), ...task, ...unseenNetwork(originOf(view)) }];
  if (another === undefined) return [{ ...entityOf(definition), ...task, ...serviceNetwork(only) }];
  return services.map((service) => ({ ...entityOf(service), ...task, ...serviceNetwork(service) }));
};

export const ecsTaskDefinition: Adapter = {
  types: ['aws_ecs_task_definition', 'aws_ecs_service', ...hostTypes],
  adapt: ({ graph }) => {
    const names = dnsNames(graph);
    const services = servicesByDefinition(graph);
    return {
      clients: taskDefinitions(graph).flatMap((definition) =>
        adaptTasks(definition, services.get(definition.id) ?? [], names),
      ),
    };
  },
};
