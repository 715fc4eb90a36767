import type { AuthBlock, Proxy } from '../../model/auth-model.ts';
import { type Value, absent, known, literal, unknown } from '../../model/value.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import {
  type View,
  argument,
  attribute,
  blocksOf,
  booleanArgument,
  isSet,
  isVisible,
  listArgument,
  originOf,
  viewOf,
} from '../../terraform/values.ts';
import { type Adapter, type AdapterContext, entityOf } from '../shared/adapter.ts';
import { locationOf } from '../shared/location.ts';

/** The API's default for MySQL, which it fills in for MariaDB too (fact 1.5). */
const mysqlDefault = 'MYSQL_CACHING_SHA2_PASSWORD';

/** What nothing sets is AWS's own choice, and never a fault; without the configuration nobody knows who chose. */
const passwordType = (view: View): Value<string> => {
  const value = argument(view, 'client_password_auth_type');
  if (value.kind !== 'known' || isSet(view, 'client_password_auth_type')) return value;
  if (isVisible(view)) return absent(value.origin);
  return value.value === mysqlDefault ? unknown(value.origin) : value;
};

const adaptAuth = (view: View): AuthBlock => ({
  origin: originOf(view),
  scheme: argument(view, 'auth_scheme'),
  iamAuth: argument(view, 'iam_auth'),
  secretArn: argument(view, 'secret_arn'),
  username: argument(view, 'username'),
  clientPasswordAuthType: passwordType(view),
});

/** The provider shows a proxy's resource id nowhere but as the last part of its ARN (fact 4.9). */
const resourceIdFrom = (arn: Value<string>): Value<string> => {
  const id = literal(arn)?.split(':')[6];
  return id === undefined ? unknown(arn.origin) : known(id, arn.origin);
};

/** No proxy exists without credentials: a data source that shows none does not show all. */
const hidesCredentials = (resource: GraphResource, blocks: number): boolean =>
  resource.mode === 'data' && blocks === 0 && resource.values['default_auth_scheme'] !== 'IAM_AUTH';

const adaptProxy = ({ graph }: AdapterContext, resource: GraphResource): Proxy => {
  const view = viewOf(resource);
  const arn = attribute(view, 'arn');
  const auth = blocksOf(view, 'auth');
  return {
    ...entityOf(resource),
    ...locationOf(graph, resource, arn),
    name: attribute(view, 'name'),
    arn,
    resourceId: resourceIdFrom(arn),
    engineFamily: argument(view, 'engine_family'),
    requireTls: booleanArgument(view, 'require_tls'),
    defaultAuthScheme: argument(view, 'default_auth_scheme'),
    auth: auth.blocks.map(adaptAuth),
    authComplete: auth.complete && !hidesCredentials(resource, auth.blocks.length),
    roleArn: argument(view, 'role_arn'),
    securityGroups: listArgument(view, 'vpc_security_group_ids'),
    subnets: listArgument(view, 'vpc_subnet_ids'),
    host: attribute(view, 'endpoint'),
  };
};

export const dbProxy: Adapter = {
  types: ['aws_db_proxy'],
  adapt: (context) => ({
    proxies: (['managed', 'data'] as const)
      .flatMap((mode) => context.graph.ofType('aws_db_proxy', mode))
      .map((resource) => adaptProxy(context, resource)),
  }),
};
