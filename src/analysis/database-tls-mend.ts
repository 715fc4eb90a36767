import type { Database, ParameterGroup } from '../model/auth-model.ts';
import { literal } from '../model/value.ts';
import type { TlsSetting } from './database-tls.ts';
import { inModuleOf } from './expressions.ts';
import { addTo, freeName, lastName, quoted, step, steps } from './mend-blocks.ts';

/** The parameter to write: in the group that is there, or in one of its own, for nobody changes a default one. */
export const tlsMend = (database: Database, setting: TlsSetting | null, groups: readonly ParameterGroup[]): string => {
  if (setting === null) return '';
  const { group, own, parameter } = setting;
  const block = parameterBlock(parameter);
  if (group !== null) {
    const where = own === null ? 'write' : `write, in place of the block that sets ${parameter}`;
    return step(`In ${group.address} ${where}`, block);
  }
  const family = familyFor(database);
  if (family === undefined || database.parameterGroup.kind === 'unknown' || isOwn(database))
    return step(`In the parameter group of ${database.address} write`, block);
  const type = database.kind === 'cluster' ? 'aws_rds_cluster_parameter_group' : 'aws_db_parameter_group';
  const argument = database.kind === 'cluster' ? 'db_cluster_parameter_group_name' : 'parameter_group_name';
  const name = freeName(groups, type, lastName(database.address));
  return steps(
    step(addTo(database.address), [
      `resource "${type}" "${name}" {`,
      `  family = ${quoted(family)}`,
      ...block.map((line) => `  ${line}`),
      '}',
    ]),
    step(`and in ${database.address} write`, [`${argument} = ${inModuleOf(database.address, `${type}.${name}`)}.name`]),
  );
};

const parameterBlock = (name: string): readonly string[] => [
  'parameter {',
  `  name  = "${name}"`,
  '  value = "1"',
  '}',
];

/** A group that is there, and that nobody here can see. */
const isOwn = ({ parameterGroup }: Database): boolean =>
  parameterGroup.kind === 'known' && !parameterGroup.value.startsWith('default.');

/** What AWS calls the parameter groups of a version: `mysql8.0`, `postgres16`, `sqlserver-se-15.0`. */
const familyFor = ({ engine, engineVersion, parameterGroup }: Database): string | undefined => {
  const [, named] = /^default\.(.+)/.exec(literal(parameterGroup) ?? '') ?? [];
  if (named !== undefined) return named;
  const text = literal(engine) ?? '';
  const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(literal(engineVersion) ?? '') ?? [];
  if (major === undefined) return undefined;
  if (text === 'postgres' || text === 'aurora-postgresql') return `${text}${major}`;
  if (minor === undefined) return undefined;
  return text.startsWith('sqlserver-') ? `${text}-${major}.${Number(minor)}` : `${text}${major}.${minor}`;
};
