import { didYouMean } from '../../model/suggest.ts';
import type { Fault } from '../loading/fault.ts';
import type { PolicyDocument } from '../loading/parse-yaml.ts';
import { type Way, offsetAt } from './places.ts';
import type { OneOrMore, WrittenConfiguration } from './written.ts';

/** What is wrong with values that have the right form. */
export const valueFaults = (written: WrittenConfiguration, document: PolicyDocument): readonly Fault[] =>
  [...dateFaults(written), ...engineFaults(written)].map(([way, summary]) => ({
    code: 'configuration-invalid',
    summary,
    offset: offsetAt(document, way),
  }));

type Found = readonly [way: Way, summary: string];

const dateFaults = ({ waivers = [] }: WrittenConfiguration): readonly Found[] =>
  waivers.flatMap(({ expires }, index) =>
    isDay(expires)
      ? []
      : [[['waivers', index, 'expires'], `waivers[${index}].expires must be a day of the calendar, like 2027-03-31.`]],
  );

/** February has no 30th, although `Date` makes a day of it. */
const isDay = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/** `engine` of `aws_db_instance` and `aws_rds_cluster`: the API reference of CreateDBInstance and CreateDBCluster. */
const engines: readonly string[] = [
  'aurora',
  'aurora-mysql',
  'aurora-postgresql',
  'custom-oracle-ee',
  'custom-oracle-ee-cdb',
  'custom-oracle-se2',
  'custom-oracle-se2-cdb',
  'custom-sqlserver-dev',
  'custom-sqlserver-ee',
  'custom-sqlserver-se',
  'custom-sqlserver-web',
  'db2-ae',
  'db2-se',
  'mariadb',
  'mysql',
  'neptune',
  'oracle-ee',
  'oracle-ee-cdb',
  'oracle-se2',
  'oracle-se2-cdb',
  'postgres',
  'sqlserver-dev-ee',
  'sqlserver-ee',
  'sqlserver-ex',
  'sqlserver-se',
  'sqlserver-web',
];

const engineFaults = ({ rules = [] }: WrittenConfiguration): readonly Found[] =>
  rules.flatMap(({ select }, rule) =>
    placed(select?.engine, ['rules', rule, 'select', 'engine'])
      .filter(([name]) => !name.includes('*') && !engines.includes(name))
      .map(([name, way]): Found => [way, `There is no engine ${name}${didYouMean(name, engines)}`]),
  );

const placed = (names: OneOrMore | undefined, way: Way): readonly (readonly [name: string, way: Way])[] => {
  if (typeof names === 'string') return [[names, way]];
  return (names ?? []).map((name, index) => [name, [...way, index]] as const);
};
