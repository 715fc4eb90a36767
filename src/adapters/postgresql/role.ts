import type { DatabaseUser } from '../../model/auth-model.ts';
import { absent } from '../../model/value.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { argument, booleanArgument, listArgument, originOf, viewOf } from '../../terraform/values.ts';
import { type Adapter, type AdapterContext, entityOf } from '../shared/adapter.ts';
import { hasPassword, passwordSource } from '../shared/password.ts';
import { providerHost } from '../shared/provider.ts';

const adaptRole = ({ graph }: AdapterContext, resource: GraphResource): DatabaseUser => {
  const view = viewOf(resource);
  const login = booleanArgument(view, 'login');
  return {
    ...entityOf(resource),
    engine: 'postgresql',
    name: argument(view, 'name'),
    databaseHost: providerHost(resource, 'host'),
    roles: listArgument(view, 'roles'),
    plugin: absent(originOf(view)),
    hasPassword: hasPassword(view, ['password']),
    password: passwordSource(graph, view, ['password']),
    // The provider's default is false.
    mayLogIn: login.kind === 'known' ? login.value : login.kind === 'unknown' && 'unknown',
    clientHost: absent(originOf(view)),
  };
};

export const postgresqlRole: Adapter = {
  types: ['postgresql_role'],
  adapt: (context) => ({
    databaseUsers: context.graph.ofType('postgresql_role').map((resource) => adaptRole(context, resource)),
  }),
};
