import { type Tri, type Value, absent } from '../../model/value.ts';
import {
  type View,
  argument,
  attribute,
  isSet,
  isUnset,
  isVisible,
  listArgument,
  originOf,
  viewOf,
} from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';
import { locationOf } from '../shared/location.ts';

const namesGroup = (item: Value<string>): boolean =>
  item.kind === 'unknown' && item.references.some(({ resource }) => /aws_(default_)?security_group\./.test(resource));

/** AWS fills in what nothing sets, so that the groups of an endpoint that exists do not tell who chose them. */
const choosesGroups = (view: View): Tri => {
  const { items, complete } = listArgument(view, 'vpc_security_group_ids');
  if (items.length === 0) return false;
  if (!complete && isUnset(view, 'vpc_security_group_ids')) return false;
  if (!complete) return items.some(namesGroup) ? true : 'unknown';
  const { action } = view.resource;
  if (action === 'create' || action === 'replace') return true;
  return isVisible(view) ? isSet(view, 'vpc_security_group_ids') : 'unknown';
};

export const dbProxyEndpoint: Adapter = {
  types: ['aws_db_proxy_endpoint'],
  adapt: ({ graph }) => ({
    proxyEndpoints: graph.ofType('aws_db_proxy_endpoint').map((resource) => {
      const view = viewOf(resource);
      return {
        ...entityOf(resource),
        region: locationOf(graph, resource, absent(originOf(view))).region,
        proxyName: argument(view, 'db_proxy_name'),
        targetRole: argument(view, 'target_role'),
        host: attribute(view, 'endpoint'),
        securityGroups: listArgument(view, 'vpc_security_group_ids'),
        choosesGroups: choosesGroups(view),
        subnets: listArgument(view, 'vpc_subnet_ids'),
      };
    }),
  }),
};
