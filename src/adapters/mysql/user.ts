import type { DatabaseUser } from '../../model/auth-model.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { argument, originOf, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';
import { hasPassword } from '../shared/password.ts';
import { providerHost } from '../shared/provider.ts';

const passwordNames = ['plaintext_password', 'password', 'auth_string_hashed'];

const adaptUser = (resource: GraphResource): DatabaseUser => {
  const view = viewOf(resource);
  return {
    ...entityOf(resource),
    engine: 'mysql',
    name: argument(view, 'user'),
    databaseHost: providerHost(resource, 'endpoint'),
    roles: { items: [], complete: true, origin: originOf(view) },
    plugin: argument(view, 'auth_plugin'),
    hasPassword: hasPassword(view, passwordNames),
    mayLogIn: true,
    clientHost: argument(view, 'host'),
  };
};

export const mysqlUser: Adapter = {
  types: ['mysql_user'],
  adapt: ({ graph }) => ({ databaseUsers: graph.ofType('mysql_user').map(adaptUser) }),
};
