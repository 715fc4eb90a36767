import type { Database, Parameter, ParameterGroup } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Origin, type Tri, literal } from '../model/value.ts';
import { type EngineFamily, familyOf } from './engines.ts';
import { fails, holds, judge, undecided } from './judgement.ts';
import type { World } from './world.ts';

/** The parameter by which a database refuses connections without TLS. */
const parameters: Readonly<Record<EngineFamily, string>> = {
  MYSQL: 'require_secure_transport',
  POSTGRESQL: 'rds.force_ssl',
  SQLSERVER: 'rds.force_ssl',
};

/** The first major and minor version whose default parameter group insists on TLS (fact 6.11). */
const insistingSince = new Map<string, readonly [major: number, minor: number]>([
  ['postgres', [15, 0]],
  ['aurora-postgresql', [17, 0]],
  ['mariadb', [11, 8]],
  ['mysql', [9, 7]],
]);

/** Whether a database refuses clients without TLS, and what says so. */
export type TlsSetting = {
  readonly insists: Tri;
  readonly parameter: string;
  /** Its own parameter group, where it is in view; null for a default one. */
  readonly group: ParameterGroup | null;
  /** What that sets. */
  readonly own: Parameter | null;
  readonly reason: string;
  readonly origins: readonly Origin[];
};

/** By its parameter group, or the default of its engine and version; null where the engine has no such parameter. */
export const tlsSetting = (world: World, database: Database): TlsSetting | null => {
  const engine = literal(database.engine) ?? '';
  const proxyFamily = familyOf(engine);
  if (proxyFamily === undefined || isBeforeParameter(database)) return null;
  const parameter = parameters[proxyFamily];
  const { parameterGroup, address } = database;
  const base = { parameter, group: null, own: null, origins: [parameterGroup.origin, database.engineVersion.origin] };
  if (parameterGroup.kind === 'absent') {
    const inherits = database.replicaOf.kind !== 'absent' || database.restoredFrom.kind !== 'absent';
    return inherits
      ? { ...base, insists: 'unknown', reason: `the parameter group of ${address} comes from what it is made from` }
      : { ...base, ...byDefault(database, parameter) };
  }
  const join = world.findParameterGroup(parameterGroup);
  if (join.kind === 'one' && join.entity.managed) return { ...base, ...byGroup(join.entity, parameter, database) };
  const family = defaultFamily.exec(literal(parameterGroup) ?? '')?.[1];
  return family === undefined
    ? { ...base, insists: 'unknown', reason: `the parameter group of ${address} is not in view` }
    : { ...base, ...byDefault(database, parameter, versionIn(family, engine)) };
};

/** `default.postgres16`: the group of a family that nobody can change. */
const defaultFamily = /^default\.(.+)/;

/** Whether a database refuses clients without TLS. */
export const insistsOnTls = (world: World, database: Database): Tri =>
  tlsSetting(world, database)?.insists ?? 'unknown';

/** Whether it takes no connection without TLS. What has no such parameter is not judged. */
export const judgeTls = (database: Database, setting: TlsSetting | null): Judgement => {
  const engine = literal(database.engine);
  if (engine === undefined) {
    return undecided(`the engine of ${database.address} is known after apply`, [database.engine.origin]);
  }
  // Aurora keeps the parameter in the group of the cluster.
  if (setting === null || (database.kind === 'instance' && engine.startsWith('aurora'))) return holds('');
  const { insists, reason, origins } = setting;
  const words = {
    yes: reason,
    no: `${database.address} takes connections without TLS: ${reason}`,
    unknown: `whether ${database.address} takes connections without TLS is not decided: ${reason}`,
  };
  return judge(insists, words, origins);
};

/** MariaDB has the parameter from 10.5 on (fact 6.20). */
const isBeforeParameter = ({ engine, engineVersion }: Database): boolean => {
  const [major = 0, minor] = (literal(engineVersion) ?? '').split('.').map(Number);
  return literal(engine) === 'mariadb' && major === 10 && minor !== undefined && minor < 5;
};

type Answer = Pick<TlsSetting, 'insists' | 'reason'> & Partial<TlsSetting>;

const byGroup = (group: ParameterGroup, name: string, database: Database): Answer => {
  const own = group.parameters.find((parameter) => literal(parameter.name) === name);
  if (own !== undefined) {
    const text = literal(own.value);
    const insists = text === undefined ? 'unknown' : /^(1|on|true)$/i.test(text);
    const value =
      text === undefined ? 'a value known after apply' : isSwitch.test(text) ? text : 'another value than 1';
    return { insists, group, own, reason: `${group.address} sets ${name} to ${value}`, origins: [own.value.origin] };
  }
  const hidden = !group.complete || group.parameters.some((parameter) => parameter.name.kind !== 'known');
  if (hidden) {
    const reason = `parameters of ${group.address} are known after apply`;
    return { insists: 'unknown', group, reason, origins: [group.origin] };
  }
  const version = versionIn(literal(group.family) ?? '', literal(database.engine) ?? '');
  const { insists, reason } = byDefault(database, name, version);
  return { insists, group, reason: `${group.address} does not set ${name}, and ${reason}`, origins: [group.origin] };
};

/** What such a parameter can be: any other text is not repeated. */
const isSwitch = /^(?:0|1|on|off|true|false)$/i;

/** `16` of `postgres16`: what says the version where the database does not. */
const versionIn = (family: string, engine: string): string | undefined =>
  family.startsWith(engine) ? family.slice(engine.length).replace(/^-/, '') : undefined;

const byDefault = (database: Database, name: string, ofFamily?: string): Answer => {
  const version = literal(database.engineVersion) ?? ofFamily;
  const insists = insistsByDefault(database, version);
  const engine = literal(database.engine) ?? '';
  if (insists === 'unknown') return { insists, reason: `the version of ${engine} decides, and it is not known` };
  const what = version === undefined ? engine : `${engine} ${version}`;
  return { insists, reason: `${name} is ${insists ? 'on' : 'off'} by default for ${what}` };
};

const insistsByDefault = ({ engine }: Database, version = ''): Tri => {
  const since = insistingSince.get(literal(engine) ?? '');
  if (since === undefined) return false;
  const [major, minor] = version.split('.').map(Number);
  if (major === undefined || !Number.isInteger(major) || major === 0) return 'unknown';
  if (major !== since[0] || since[1] === 0) return major >= since[0];
  return minor === undefined || !Number.isInteger(minor) ? 'unknown' : minor >= since[1];
};

/** The clients whose traffic a proxy passes on in clear text, which the database behind it refuses (facts 1.24 and 6.11). */
export const refusedPlaintext = (
  database: Database,
  setting: TlsSetting | null,
  plain: readonly Judgement[],
): Judgement => {
  const open = plain.filter(({ holds: isSafe }) => isSafe !== true);
  const insists = setting === null ? 'unknown' : setting.insists;
  if (setting === null || insists === false || open.length === 0) return holds('');
  const failing = open.filter(({ holds: isSafe }) => isSafe === false);
  const speaking = failing.length > 0 ? failing : open;
  const origins = [...speaking.flatMap((judgement) => judgement.origins), ...setting.origins];
  const who = speaking.map(({ reason }) => reason).join('; ');
  return insists === true && failing.length > 0
    ? fails(`${database.address} refuses connections without TLS (${setting.reason}), and ${who}`, origins)
    : undecided(`if ${database.address} refuses connections without TLS (${setting.reason}): ${who}`, origins);
};
