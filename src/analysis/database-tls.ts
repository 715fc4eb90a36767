import type { Database, ParameterGroup } from '../model/auth-model.ts';
import { type Tri, literal } from '../model/value.ts';
import { type EngineFamily, familyOf } from './engines.ts';
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
]);

/** Whether a database refuses clients without TLS: by its parameter group, or the default of its engine and version. */
export const insistsOnTls = (world: World, database: Database): Tri => {
  const family = familyOf(literal(database.engine) ?? '');
  if (family === undefined) return 'unknown';
  if (database.parameterGroup.kind === 'absent') {
    const inherits = database.replicaOf.kind !== 'absent' || database.restoredFrom.kind !== 'absent';
    return inherits ? 'unknown' : byDefault(database);
  }
  const join = world.findParameterGroup(database.parameterGroup);
  if (join.kind === 'one' && join.entity.managed) return byGroup(join.entity, parameters[family], database);
  return isDefaultGroup(literal(database.parameterGroup)) ? byDefault(database) : 'unknown';
};

const isDefaultGroup = (name: string | undefined): boolean => name?.startsWith('default.') === true;

const byGroup = (group: ParameterGroup, name: string, database: Database): Tri => {
  const own = group.parameters.find((parameter) => literal(parameter.name) === name);
  if (own !== undefined) {
    const text = literal(own.value);
    return text === undefined ? 'unknown' : /^(1|on|true)$/i.test(text);
  }
  const hidden = !group.complete || group.parameters.some((parameter) => parameter.name.kind !== 'known');
  return hidden ? 'unknown' : byDefault(database);
};

const byDefault = (database: Database): Tri => {
  const since = insistingSince.get(literal(database.engine) ?? '');
  if (since === undefined) return false;
  const [major, minor] = (literal(database.engineVersion) ?? '').split('.').map(Number);
  if (major === undefined || !Number.isInteger(major) || major === 0) return 'unknown';
  if (major !== since[0] || since[1] === 0) return major >= since[0];
  return minor === undefined || !Number.isInteger(minor) ? 'unknown' : minor >= since[1];
};
