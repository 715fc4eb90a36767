import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Connection } from './model/connection.ts';
import type { Report } from './model/report.ts';
import { unexplainedLegs } from './testing/broken-legs.ts';
import { checkFile } from './testing/check-file.ts';
import { cells, connectionKey, mandatoryFailures } from './testing/expected.ts';

const root = 'testdata/lifecycle';
const configurations = readdirSync(root).filter((name) => existsSync(`${root}/${name}/create-plan.json`));
const specials = readdirSync(`${root}/special`);

const applied = ['state.json', 'noop-plan.json'] as const;
const later = [...applied, 'update-plan.json', 'replace-plan.json'] as const;

const reports = new Map<string, Report>();
const reportOf = (name: string, file: string): Report => {
  const path = `${root}/${name}/${file}`;
  const report = reports.get(path) ?? checkFile(path);
  reports.set(path, report);
  return report;
};

const files = (list: readonly string[]): readonly (readonly [string, string])[] =>
  configurations.flatMap((name) => list.map((file) => [name, file] as const));

/** What nobody can decide however much is known: a data source for an instance does not show its IAM flag. */
const undecidable = (address: string | null): boolean => address?.includes('data.') === true;

/** Cells on which a first plan and a later one are of two minds. */
const cellClashes = (first: Report, second: Report): readonly string[] => {
  const known = cells(second.matrix);
  return [...cells(first.matrix)].flatMap(([key, cell]) => {
    const other = known.get(key);
    return other === undefined || cell === other || cell === 'unknown' || other === 'unknown'
      ? []
      : [`${key}: ${cell}, then ${other}`];
  });
};

const sameButUser = (a: Connection, b: Connection): boolean =>
  a.path === b.path &&
  a.database === b.database &&
  a.proxy === b.proxy &&
  (a.user === b.user || a.user === null) &&
  (a.principal === b.principal || a.principal === null);

const connectionClashes = (first: Report, second: Report): readonly string[] =>
  first.connections.flatMap((connection) => {
    const matching = second.connections.filter((other) => sameButUser(connection, other));
    const agrees =
      connection.verdict === 'unknown' ||
      matching.some(({ verdict }) => verdict === connection.verdict || verdict === 'unknown');
    return agrees
      ? []
      : [
          `${connectionKey(connection)}: ${connection.verdict}, then ${matching.map((c) => c.verdict).join(', ') || 'nothing'}`,
        ];
  });

/** Configurations with a mistake are mended by their update, the others get one. */
const expectedOfUpdate = (name: string): readonly (readonly string[])[] => {
  if (name.startsWith('mistake-')) return [['heals', 'unreachable', 'reachable']];
  const broken = ['breaks', 'reachable', 'unreachable'];
  return name === 'end-to-end-modules' ? [broken, broken] : [broken];
};

describe('one configuration before and after it is applied', () => {
  test('there are several', () => expect(configurations.length).toBeGreaterThanOrEqual(4));

  test.each(files(applied))('%s: the first plan and %s give compatible verdicts', (name, file) => {
    const first = reportOf(name, 'create-plan.json');
    const second = reportOf(name, file);
    expect(cellClashes(first, second)).toEqual([]);
    expect(connectionClashes(first, second)).toEqual([]);
    expect(mandatoryFailures(second)).toEqual(expect.arrayContaining([...mandatoryFailures(first)]));
  });

  test.each(files([...applied, 'update-plan.json']))('%s: %s decides everything', (name, file) => {
    const report = reportOf(name, file);
    const openRows = report.matrix.filter(({ paths }) => Object.values(paths).includes('unknown'));
    const openConnections = report.connections.filter(({ verdict }) => verdict === 'unknown');
    // Advice may rest on what neither a plan nor a state keeps.
    const openFindings = report.findings.filter((f) => f.outcome === 'unknown' && f.enforcement === 'mandatory');
    expect(openRows.filter((row) => !undecidable(row.database) && !undecidable(row.proxy))).toEqual([]);
    expect(openConnections.filter((c) => !undecidable(c.database) && !undecidable(c.proxy))).toEqual([]);
    expect(openFindings.filter(({ message }) => !undecidable(message))).toEqual([]);
  });

  test.each(files(later))('%s: %s, every broken leg has a finding', (name, file) => {
    expect(unexplainedLegs(reportOf(name, file))).toEqual([]);
  });

  test.each(configurations)('%s: a replacement knows less, and says nothing else', (name) => {
    const before = reportOf(name, 'noop-plan.json');
    const after = reportOf(name, 'replace-plan.json');
    expect(cellClashes(after, before)).toEqual([]);
    expect(connectionClashes(after, before)).toEqual([]);
  });

  test.each(configurations)('%s: the update changes what is said', (name) => {
    const before = reportOf(name, 'noop-plan.json');
    const after = reportOf(name, 'update-plan.json');
    expect([after.matrix, after.connections]).not.toEqual([before.matrix, before.connections]);
  });

  test.each(configurations)('%s: what the plans do to the ways in', (name) => {
    const kindsOf = (file: string): readonly string[] => [
      ...new Set(reportOf(name, file).changes.map(({ kind }) => kind)),
    ];
    // The master user of a database that a data source reads is there before and after.
    const ways = (file: string): number =>
      reportOf(name, file).connections.filter(({ path, database }) => path !== 'password-rds' || !undecidable(database))
        .length;
    expect(reportOf(name, 'state.json').changes).toEqual([]);
    expect(reportOf(name, 'noop-plan.json').changes).toEqual([]);
    expect(kindsOf('create-plan.json')).toEqual(['appears']);
    expect(reportOf(name, 'create-plan.json').changes).toHaveLength(ways('create-plan.json'));
    expect(kindsOf('destroy-plan.json')).toEqual(['goes']);
    expect(reportOf(name, 'destroy-plan.json').changes).toHaveLength(ways('noop-plan.json'));
    // Only what the update touches, in whatever way it is written.
    const update = reportOf(name, 'update-plan.json').changes;
    expect(update.map(({ kind, before, after }) => [kind, before, after])).toEqual(expectedOfUpdate(name));
    expect(reportOf(name, 'replace-plan.json').changes.filter(({ kind }) => kind !== 'undecided')).toEqual([]);
  });

  test.each(configurations)('%s: a plan to destroy it has nothing to judge', (name) => {
    const report = reportOf(name, 'destroy-plan.json');
    expect(report.matrix.filter((row) => !undecidable(row.database) && !undecidable(row.proxy))).toEqual([]);
  });
});

describe('plans of every kind', () => {
  test.each(specials)('%s: is judged, and every broken leg has a finding', (name) => {
    const report = checkFile(`${root}/special/${name}/plan.json`);
    expect(report.verdict).not.toBe('error');
    expect(unexplainedLegs(report)).toEqual([]);
  });
});
