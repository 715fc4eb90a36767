import { some } from '../iam/tri.ts';
import type { ClusterInstance, Database } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Tri, type Value, literal } from '../model/value.ts';
import type { DatabaseFacts } from './databases.ts';
import { fails, holds, judge, undecided } from './judgement.ts';

/** What could be better about the settings of a database, whether or not any login works. */

/** Whether IAM authentication is on, or cannot be. */
export const judgeIamWhereSupported = ({ iamOn, iamUsable }: DatabaseFacts): Judgement => {
  if (iamOn.holds === true || iamUsable.holds === false) return holds('', iamOn.origins);
  if (iamUsable.holds === true) return iamOn;
  return undecided(`${iamOn.reason}; whether it could be on is not decided: ${iamUsable.reason}`, iamOn.origins);
};

/** Whether IAM authentication works, as far as the database decides: where it does not, nothing about it matters. */
const takesTokens = ({ iamOn, iamUsable }: DatabaseFacts): Tri => (iamUsable.holds === false ? false : iamOn.holds);

/** What fails fails only where IAM authentication is on. */
const whereOn = (facts: DatabaseFacts, judgement: Judgement): Judgement => {
  const on = takesTokens(facts);
  if (on === true || judgement.holds === true) return judgement;
  if (on === false) return holds('', judgement.origins);
  return undecided(`${facts.iamOn.reason}; if it is on, ${judgement.reason}`, judgement.origins);
};

/** The log that tells refused tokens from refused passwords (fact 5.23). */
const errorLog = 'iam-db-auth-error';

export const judgeErrorLog = (facts: DatabaseFacts): Judgement => {
  const { address, logExports } = facts.database;
  const exported: Tri = some([
    ...logExports.items.map((item): Tri => (item.kind === 'unknown' ? 'unknown' : literal(item) === errorLog)),
    ...(logExports.complete ? [] : (['unknown'] as const)),
  ]);
  const words = {
    yes: `${address} exports ${errorLog}`,
    no: `${address} takes IAM tokens and does not export ${errorLog}, the log of those that it refuses`,
    unknown: `the logs that ${address} exports are known after apply`,
  };
  return whereOn(facts, judge(exported, words, [logExports.origin]));
};

/** The types of logs that AWS knows (fact 5.23): any other text is not repeated. */
const logType = /^(?:audit|error|general|slowquery|instance|postgresql|upgrade)$/;

/** The logs that it exports already, and the one that is missing. */
export const errorLogMend = ({ database }: DatabaseFacts): string => {
  const logs = [
    ...database.logExports.items.flatMap((item) => literal(item) ?? []).filter((log) => logType.test(log)),
    errorLog,
  ];
  const list = logs.map((log) => JSON.stringify(log)).join(', ');
  return `In ${database.address} write:\n  enabled_cloudwatch_logs_exports = [${list}]`;
};

type Sized = Pick<ClusterInstance, 'address' | 'instanceClass'>;

/** Where the memory is: in the instances of an Aurora cluster, else in the database itself. */
const sizedOf = ({ database, instances }: DatabaseFacts): readonly Sized[] =>
  database.instanceClass.kind === 'absent' ? instances : [database];

const isSmall = ({ instanceClass }: Sized): boolean => /\.(?:micro|small)$/.test(literal(instanceClass) ?? '');

/** IAM authentication takes 300 to 1000 MiB, of 1 or 2 GiB that these classes have (fact 5.5). */
export const judgeMemory = (facts: DatabaseFacts): Judgement => {
  const sized = sizedOf(facts);
  const small = sized.filter(isSmall);
  const open = sized.filter(({ instanceClass }) => instanceClass.kind === 'unknown');
  if (small.length > 0) {
    const names = small.map(({ address, instanceClass }) => `${address} is a ${literal(instanceClass)}`);
    const words = `${names.join(', ')}, and IAM authentication takes 300 to 1000 MiB of memory`;
    return whereOn(
      facts,
      fails(
        words,
        small.map(({ instanceClass }) => instanceClass.origin),
      ),
    );
  }
  if (open.length === 0) return holds('');
  const words = `the class of ${open.map(({ address }) => address).join(', ')} is known after apply`;
  return whereOn(
    facts,
    undecided(
      words,
      open.map(({ instanceClass }) => instanceClass.origin),
    ),
  );
};

export const memoryMend = (facts: DatabaseFacts): string =>
  sizedOf(facts)
    .filter((sized) => isSmall(sized) || sized.instanceClass.kind === 'unknown')
    .map((sized) => {
      const family = /^db\.[a-z0-9]+/.exec(literal(sized.instanceClass) ?? '')?.[0] ?? 'db.t4g';
      const argument =
        'identifier' in sized && facts.database.kind === 'cluster' ? 'db_cluster_instance_class' : 'instance_class';
      return `In ${sized.address} write:\n  ${argument} = "${family}.medium"`;
    })
    .join('\n');

/** A change in place waits for the maintenance window, where nothing says otherwise (facts 5.16 and 8.18). */
export const judgeFlagChange = ({ address, iamEnabled, iamEnabledNow, changesAtOnce }: Database): Judgement => {
  const now = literal(iamEnabledNow);
  const after = iamEnabled.kind === 'absent' ? false : literal(iamEnabled);
  const origins = [iamEnabled.origin, changesAtOnce.origin];
  if (now === undefined || after === now || literal(changesAtOnce) === true) return holds('', origins);
  const waits = 'waits for the maintenance window, since apply_immediately is not true';
  if (after === undefined)
    return undecided(
      `whether this plan changes IAM authentication of ${address} is known after apply; if so, it ${waits}`,
      origins,
    );
  const change = `this plan switches IAM authentication of ${address} ${after ? 'on' : 'off'}`;
  return changesAtOnce.kind === 'unknown'
    ? undecided(`${change}; whether at once is known after apply`, origins)
    : fails(`${change}, which ${waits}`, origins);
};

type Addressed = { readonly address: string; readonly publiclyAccessible: Value<boolean> };

/** An Aurora cluster is as public as its instances are. */
const addressedOf = ({ database, instances }: DatabaseFacts): readonly Addressed[] =>
  database.kind === 'cluster' ? instances : [database];

const isPublic = ({ publiclyAccessible: flag }: Addressed): Tri =>
  flag.kind === 'unknown' ? 'unknown' : literal(flag) === true;

/** Every database takes passwords, at least that of its master user. */
export const judgePublic = (facts: DatabaseFacts): Judgement => {
  const all = addressedOf(facts);
  const answer = some(all.map(isPublic));
  const speaking = all.filter((one) => isPublic(one) === answer);
  const names = speaking.map(({ address }) => address).join(', ');
  const words = {
    yes: '',
    no: `${names} has a public address, and whoever has a password may log in`,
    unknown: `whether ${names} has a public address is known after apply`,
  };
  const origins = speaking.map(({ publiclyAccessible: flag }) => flag.origin);
  return judge(answer === 'unknown' ? answer : !answer, words, origins);
};

export const publicMend = (facts: DatabaseFacts): string =>
  addressedOf(facts)
    .filter((one) => isPublic(one) !== false)
    .map(({ address }) => `In ${address} write:\n  publicly_accessible = false`)
    .join('\n');
