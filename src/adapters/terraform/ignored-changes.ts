import { ignoredChanges as changesOf } from '../../terraform/lifecycle.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';

const types = ['aws_db_proxy', 'aws_secretsmanager_secret_version'];

/** What `lifecycle` hides of the credentials of a proxy. */
export const ignoredChanges: Adapter = {
  types,
  adapt: ({ graph }) => ({
    ignoredChanges: types
      .flatMap((type) => graph.ofType(type))
      .map((resource) => ({ ...entityOf(resource), changes: changesOf(resource) })),
  }),
};
