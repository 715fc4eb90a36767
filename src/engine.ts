/**
 * The library for who cannot await: validations and aspects of CDKTF are synchronous, and CommonJS. The build makes one
 * file of it, `dist/engine/index.cjs`, which the constructs load when something is judged, or a statement is asked for.
 */
import { dialectOfEngine } from './analysis/engines.ts';
import type { Path } from './model/connection.ts';
import { userStatements as statementsFor } from './report/explain/user-statements.ts';

export { judgeStack } from './judge-stack.ts';
export { openStackRules } from './open-stack-rules.ts';

/** Lines of SQL, and what to know about them. */
type Statements = ReturnType<typeof statementsFor>;

/**
 * The SQL that `explain` prints for a database user, by the `engine` of `aws_db_instance` or `aws_rds_cluster`. Null
 * where no statement is known for that engine.
 */
export const userStatements = (path: Path, engine: string, user: string): Statements | null => {
  const dialect = dialectOfEngine(engine);
  return dialect === null ? null : statementsFor(path, dialect, user);
};
