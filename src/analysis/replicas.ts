import type { AuthModel, Database } from '../model/auth-model.ts';
import { findersOf } from './finders.ts';
import type { Aliases } from './join.ts';

type Source = (database: Database) => Database | null;

/** Replicas may copy replicas; RDS has chains of a few. */
const longestChain = 8;

/** A replica that is to be made leaves its engine out: it inherits that of the instance that it copies (fact 8.16), and its version. */
export const withEnginesOfSources = (model: AuthModel, aliases: Aliases): AuthModel => {
  if (!model.databases.some(leavesEngineOut)) return model;
  const { findDatabase } = findersOf(model, aliases);
  const sourceOf: Source = ({ replicaOf }) => {
    const join = findDatabase(replicaOf, 'instance');
    return join.kind === 'one' ? join.entity : null;
  };
  return {
    ...model,
    databases: model.databases.map((database) =>
      leavesEngineOut(database) ? withEngine(database, sourceOf) : database,
    ),
  };
};

const leavesEngineOut = ({ kind, engine, replicaOf }: Database): boolean =>
  kind === 'instance' && engine.kind !== 'known' && replicaOf.kind !== 'absent';

const withEngine = (database: Database, sourceOf: Source): Database => {
  let source = sourceOf(database);
  for (let depth = 0; source !== null && leavesEngineOut(source) && depth < longestChain; depth += 1)
    source = sourceOf(source);
  if (source === null || source.engine.kind !== 'known') return database;
  const { engine, engineVersion } = source;
  return {
    ...database,
    engine,
    engineVersion: database.engineVersion.kind === 'known' ? database.engineVersion : engineVersion,
  };
};
