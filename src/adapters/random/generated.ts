import type { Adapter } from '../shared/adapter.ts';

/** Kept in the graph to tell passwords that nobody has typed; they are no part of the model. */
export const generated: Adapter = {
  types: ['random_password', 'random_string', 'aws_secretsmanager_random_password'],
  adapt: () => ({}),
};
