import { argument, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';
import { providerHost } from '../shared/provider.ts';

export const postgresqlGrantRole: Adapter = {
  types: ['postgresql_grant_role'],
  adapt: ({ graph }) => ({
    databaseRoleGrants: graph.ofType('postgresql_grant_role').map((resource) => ({
      ...entityOf(resource),
      user: argument(viewOf(resource), 'role'),
      role: argument(viewOf(resource), 'grant_role'),
      databaseHost: providerHost(resource, 'host'),
    })),
  }),
};
