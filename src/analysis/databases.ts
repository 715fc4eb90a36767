import { every } from '../iam/tri.ts';
import type { ClusterInstance, Database } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Tri, literal } from '../model/value.ts';
import { describeEngine, iamSupportOf } from './engines.ts';
import { fails, holds, judge, undecided } from './judgement.ts';
import type { World } from './world.ts';

/** What the settings of a database say of its ways in. */
export type DatabaseFacts = {
  readonly database: Database;
  readonly instances: readonly ClusterInstance[];
  /** False when an instance may be this cluster's, or another's. */
  readonly instancesComplete: boolean;
  /** Whether IAM database authentication is on. */
  readonly iamOn: Judgement;
  /** Whether engine, version, class and mode have it, where it is on. */
  readonly supportsIam: Judgement;
  readonly flagOnCluster: Judgement;
  readonly withoutKerberos: Judgement;
  /** Whether Kerberos leaves no IAM authentication at all. */
  readonly kerberosExcludesIam: Judgement;
  /** All of the above but the switch itself. */
  readonly iamUsable: Judgement;
};

export const databaseFacts = (world: World, database: Database): DatabaseFacts => {
  const instances = world.instances.of(database.id);
  const supportsIam = judgeSupport(database, instances);
  const flagOnCluster = judgeFlagPlace(database);
  const withoutKerberos = judgeKerberos(database);
  const kerberosExcludesIam = judgeKerberosExcludes(database);
  const excluding = kerberosExcludesIam.holds === false ? [] : [withoutKerberos];
  const answers = [supportsIam, flagOnCluster, ...excluding];
  return {
    database,
    instances,
    instancesComplete: world.model.complete && world.instances.maybeOf(database.id).length === 0,
    iamOn: judgeIamOn(database),
    supportsIam,
    flagOnCluster,
    withoutKerberos,
    kerberosExcludesIam,
    iamUsable:
      answers.find(({ holds: answer }) => answer === false) ??
      answers.find(({ holds: answer }) => answer === 'unknown') ??
      supportsIam,
  };
};

/** Unset is off, save for a restore or a replica, which inherit the setting (fact 5.17). */
const judgeIamOn = (database: Database): Judgement => {
  const { iamEnabled, address } = database;
  const origins = [iamEnabled.origin];
  if (iamEnabled.kind === 'known') {
    return judge(
      iamEnabled.value,
      { yes: `IAM authentication is on at ${address}`, no: `IAM authentication is off at ${address}`, unknown: '' },
      origins,
      waitsForWindow(database),
    );
  }
  if (iamEnabled.kind === 'unknown') {
    const why = database.managed ? 'is known after apply' : 'is not shown by the data source';
    return undecided(`iam_database_authentication_enabled of ${address} ${why}`, origins);
  }
  if (database.restoredFrom.kind !== 'absent' || database.replicaOf.kind !== 'absent') {
    return undecided(
      `iam_database_authentication_enabled of ${address} is unset and comes from what it is made from`,
      origins,
    );
  }
  return fails(`IAM authentication is off at ${address} (iam_database_authentication_enabled is not set)`, origins);
};

/** Switched on by this plan, and not at once (fact 5.16): until then every token is refused. */
const waitsForWindow = ({ address, iamEnabledNow, changesAtOnce }: Database): readonly string[] =>
  literal(iamEnabledNow) !== false || literal(changesAtOnce) === true
    ? []
    : [`the maintenance window that switches IAM authentication of ${address} on is over`];

const smallAuroraClasses = new Set(['db.t2.small', 'db.t3.small']);

const judgeSupport = (database: Database, instances: readonly ClusterInstance[]): Judgement => {
  if (!database.managed && literal(database.iamEnabled) === true) {
    return holds(`${database.address} exists with IAM authentication on`, [database.iamEnabled.origin]);
  }
  const engine = literal(database.engine);
  if (engine === undefined)
    return undecided(`the engine of ${database.address} is known after apply`, [database.engine.origin]);
  // On an Aurora instance the flag itself is the fault.
  if (database.kind === 'instance' && engine.startsWith('aurora')) return holds('', [database.engine.origin]);
  if (literal(database.engineMode) === 'serverless') {
    return fails(`${database.address} is Aurora Serverless v1, which has no IAM database authentication`, [
      database.engineMode.origin,
    ]);
  }
  const small =
    engine === 'aurora-mysql'
      ? instances.find((i) => smallAuroraClasses.has(literal(i.instanceClass) ?? ''))
      : undefined;
  if (small !== undefined) {
    return fails(
      `${small.address} is a ${literal(small.instanceClass)}, on which Aurora MySQL has no IAM database authentication`,
      [small.instanceClass.origin],
    );
  }
  const { answer, reason } = iamSupportOf(engine, database.engineVersion);
  return judge(
    answer,
    { yes: `${describeEngine(database)} has IAM database authentication`, no: reason, unknown: reason },
    [database.engine.origin, database.engineVersion.origin],
  );
};

/** Aurora keeps the flag on the cluster; an instance ignores it (fact 5.7). */
const judgeFlagPlace = (database: Database): Judgement => {
  const engine = literal(database.engine);
  const onInstance: Tri =
    database.kind === 'cluster' ? false : engine === undefined ? 'unknown' : engine.startsWith('aurora');
  return judge(
    onInstance === 'unknown' ? 'unknown' : !onInstance,
    {
      yes: '',
      no: `${database.address} is an Aurora instance: the setting belongs to its cluster`,
      unknown: `the engine of ${database.address} is known after apply`,
    },
    [database.iamEnabled.origin],
  );
};

/** RDS for MySQL takes Kerberos or IAM, not both; of RDS for PostgreSQL AWS says both (fact 5.14). */
const kerberosReasons = new Map([
  ['mysql', 'RDS for MySQL takes Kerberos or IAM, not both'],
  ['postgres', 'AWS says in one place that RDS for PostgreSQL takes Kerberos or IAM, in another that it takes both'],
]);

const judgeKerberos = (database: Database): Judgement => {
  const engine = literal(database.engine);
  const { kerberosDomain: domain, kind } = database;
  const words = engine === undefined ? undefined : kerberosReasons.get(engine);
  const relevant = engine === undefined || words !== undefined;
  if (domain.kind === 'absent' || kind === 'cluster' || !relevant) return holds('', [domain.origin]);
  return words === undefined || domain.kind === 'unknown'
    ? undecided(`engine or Kerberos domain of ${database.address} is known after apply`, [domain.origin])
    : fails(`${database.address} has a Kerberos domain; ${words}`, [domain.origin]);
};

const judgeKerberosExcludes = ({ engine, address }: Database): Judgement => {
  const known = literal(engine);
  const words = {
    yes: `${address} is MySQL, which takes Kerberos or IAM`,
    no: `${address} is not MySQL`,
    unknown: `the engine of ${address} is known after apply`,
  };
  return judge(known === undefined ? 'unknown' : known === 'mysql', words, [engine.origin]);
};

/** Whether the database takes IAM tokens: switched on, and its engine has it. */
export const takesIam = (facts: DatabaseFacts): Tri => every([facts.iamOn.holds, facts.iamUsable.holds]);
