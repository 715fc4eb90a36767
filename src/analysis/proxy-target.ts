import type { Proxy } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { literal } from '../model/value.ts';
import type { DatabaseFacts } from './databases.ts';
import { type EngineFamily, describeEngine, familyOf, proxySupportOf } from './engines.ts';
import { allOf, fails, holds, judge, undecided } from './judgement.ts';
import type { TargetLink } from './proxy-facts.ts';

/** Secrets that one proxy takes (fact 2.3). */
export const maximumSecrets = 200;

/** Whether the proxy can serve its target: family, engine, version and mode (facts 6.1 and 6.2). */
export const judgeServes = (proxy: Proxy, target: TargetLink | null, facts: DatabaseFacts | null): Judgement => {
  if (proxy.auth.length > maximumSecrets) {
    return fails(`${proxy.address} has ${proxy.auth.length} auth blocks; a proxy takes ${maximumSecrets}`, [
      proxy.origin,
    ]);
  }
  if (target === null) return holds('');
  if (facts === null) return outOfView(target);
  const { database } = facts;
  const engine = literal(database.engine);
  if (engine === undefined)
    return undecided(`the engine of ${database.address} is known after apply`, [database.engine.origin]);
  const mode = judgeMode(facts);
  if (mode !== null) return mode;
  const { answer, reason } = proxySupportOf(engine, database.engineVersion);
  const origins = [database.engine.origin, database.engineVersion.origin];
  const version = judge(answer, { yes: '', no: `${reason} (${database.address})`, unknown: reason }, origins);
  const family = familyOf(engine);
  return family === undefined ? version : allOf([version, judgeFamily(proxy, facts, family)]);
};

const outOfView = (target: TargetLink): Judgement =>
  target.kind === 'unknown'
    ? undecided(`which database ${target.target.address} registers is known after apply`, [target.target.origin])
    : holds(
        '',
        [target.target.origin],
        [`the database that ${target.target.address} names is not in view and is assumed to suit the proxy`],
      );

const judgeMode = ({ database }: DatabaseFacts): Judgement | null => {
  if (literal(database.engineMode) === 'serverless') {
    return fails(`${database.address} is Aurora Serverless v1, which RDS Proxy does not serve`, [
      database.engineMode.origin,
    ]);
  }
  if (literal(database.scalabilityType) === 'limitless') {
    return fails(`${database.address} is Aurora Limitless, which RDS Proxy does not serve`, [
      database.scalabilityType.origin,
    ]);
  }
  return null;
};

const judgeFamily = (proxy: Proxy, { database }: DatabaseFacts, expected: EngineFamily): Judgement => {
  const family = literal(proxy.engineFamily);
  const seen = `${database.address} is ${describeEngine(database)}, of the family ${expected}`;
  return judge(
    proxy.engineFamily.kind === 'unknown' ? 'unknown' : family === expected,
    {
      yes: seen,
      no: `${proxy.address} has engine_family = "${family}", and ${seen}`,
      unknown: `the engine family of ${proxy.address} is known after apply`,
    },
    [proxy.engineFamily.origin, database.engine.origin],
  );
};

/** RDS Proxy serves the writer of a replication, not a read replica; AWS's text, contested in practice (fact 6.6). */
export const judgeWriter = (facts: DatabaseFacts | null): Judgement => {
  if (facts === null || facts.database.kind === 'cluster') return holds('');
  const { replicaOf, address } = facts.database;
  if (replicaOf.kind === 'absent') return holds(`${address} is no read replica`, [replicaOf.origin]);
  return replicaOf.kind === 'known'
    ? fails(`${address} is a read replica`, [replicaOf.origin])
    : undecided(`whether ${address} is a read replica is known after apply`, [replicaOf.origin]);
};
