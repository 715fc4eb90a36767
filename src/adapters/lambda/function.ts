import type { Client } from '../../model/auth-model.ts';
import { absent } from '../../model/value.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { argument, blocksOf, listArgument, mapArgument, originOf, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';
import { distinctOf, isInVpc, noList } from '../shared/client.ts';
import { type Setting, dnsNames, hiddenSetting, hostTypes, readSettings } from '../shared/environment.ts';

const settingsOf = (resource: GraphResource): readonly Setting[] => {
  const view = viewOf(resource);
  const environment = blocksOf(view, 'environment');
  const settings = environment.blocks
    .flatMap((block) => mapArgument(block, 'variables'))
    .map(({ key, value }) => ({ name: key, value }));
  return environment.complete ? settings : [...settings, hiddenSetting(originOf(view, 'environment'))];
};

const adaptFunction = (resource: GraphResource, names: ReadonlySet<string>): Client => {
  const view = viewOf(resource);
  const network = blocksOf(view, 'vpc_config');
  const [block] = network.blocks;
  const origin = originOf(view, 'vpc_config');
  const nothing = { ...noList(origin), complete: network.complete };
  const securityGroups = block === undefined ? nothing : listArgument(block, 'security_group_ids');
  return {
    ...entityOf(resource),
    kind: 'lambda',
    role: argument(view, 'role'),
    executionRole: absent(originOf(view, 'role')),
    securityGroups,
    subnets: block === undefined ? nothing : listArgument(block, 'subnet_ids'),
    inVpc: isInVpc(network, securityGroups),
    ...readSettings(settingsOf(resource), names, originOf(view, 'environment')),
  };
};

export const lambdaFunction: Adapter = {
  types: ['aws_lambda_function', ...hostTypes],
  adapt: ({ graph }) => {
    const names = dnsNames(graph);
    return {
      clients: distinctOf(graph, 'aws_lambda_function', 'function_name', 'function_name').map((resource) =>
        adaptFunction(resource, names),
      ),
    };
  },
};
