import type { DatabaseUser } from '../../model/auth-model.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { argument, originOf, viewOf } from '../../terraform/values.ts';
import { type Adapter, type AdapterContext, entityOf } from '../shared/adapter.ts';
import { hasPassword, passwordSource } from '../shared/password.ts';
import { providerHost } from '../shared/provider.ts';

const passwordNames = ['plaintext_password', 'password', 'auth_string_hashed'];

const adaptUser = ({ graph }: AdapterContext, resource: GraphResource): DatabaseUser => {
  const view = viewOf(resource);
  return {
    ...entityOf(resource),
    engine: 'mysql',
    name: argument(view, 'user'),
    databaseHost: providerHost(resource, 'endpoint'),
    roles: { items: [], complete: true, origin: originOf(view) },
    plugin: argument(view, 'auth_plugin'),
    hasPassword: hasPassword(view, passwordNames),
    password: passwordSource(graph, view, ['plaintext_password', 'password']),
    mayLogIn: true,
    clientHost: argument(view, 'host'),
  };
};

export const mysqlUser: Adapter = {
  types: ['mysql_user'],
  adapt: (context) => ({
    databaseUsers: context.graph.ofType('mysql_user').map((resource) => adaptUser(context, resource)),
  }),
};
