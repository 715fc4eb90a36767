import type { Database } from '../model/auth-model.ts';
import { type Value, literal } from '../model/value.ts';

/** Whether a value is the master user's secret of a database: `master_user_secret[0].secret_arn`, or the same (fact 2.10). */
export const namesMasterSecret = (value: Value<string>, database: Database): boolean => {
  if (value.kind === 'known') return literal(database.masterSecretArn) === value.value;
  return (
    value.kind === 'unknown' &&
    value.references.some(({ resource, path }) => resource === database.id && path.startsWith('master_user_secret'))
  );
};
