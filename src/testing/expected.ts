import { readFileSync } from 'node:fs';
import type { Cell, Connection, MatrixRow, Path, Verdict } from '../model/connection.ts';
import type { Report } from '../model/report.ts';

export type ExpectedConnection = Pick<Connection, 'path' | 'database' | 'proxy' | 'user' | 'principal' | 'verdict'>;

/** What a correct checker says of a scenario when it reads the source too. */
export type Expected = {
  readonly matrix: readonly MatrixRow[];
  readonly connections: readonly ExpectedConnection[];
  readonly findings: readonly { readonly policy: string; readonly address: string }[];
  readonly exitCode: number;
};

export const expectedAt = (folder: string): Expected => {
  const { matrix, connections, findings, exitCode } = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8'));
  return { matrix, connections, findings, exitCode };
};

export const connectionKey = (connection: ExpectedConnection): string =>
  [connection.path, connection.database, connection.proxy, connection.user, connection.principal].join(' | ');

export const mandatoryFailures = (report: Report): readonly string[] =>
  report.findings
    .filter(({ outcome, enforcement }) => outcome === 'fail' && enforcement === 'mandatory')
    .map(({ policy, address }) => `${policy} ${address}`);

const exitCodes: Readonly<Record<Report['verdict'], number>> = { pass: 0, fail: 1, error: 2 };

/** A report in the form of what is expected, to be equal to it. */
export const answerOf = (report: Report): Expected => ({
  matrix: report.matrix,
  connections: report.connections.map(({ path, database, proxy, user, principal, verdict }) => ({
    path,
    database,
    proxy,
    user,
    principal,
    verdict,
  })),
  findings: report.findings
    .filter(({ outcome, enforcement }) => outcome === 'fail' && enforcement === 'mandatory')
    .map(({ policy, address }) => ({ policy, address })),
  exitCode: exitCodes[report.verdict],
});

/** Cells of a matrix by row and path. */
export const cells = (rows: readonly MatrixRow[]): ReadonlyMap<string, Cell> =>
  new Map(
    rows.flatMap((row) => Object.entries(row.paths).map(([path, cell]) => [cellKey(row, path as Path), cell] as const)),
  );

const cellKey = (row: MatrixRow, path: Path): string => [row.database, row.proxy, path].join(' | ');

/** Whether what was said is what is expected, or weaker: unknown stands for any answer. */
const weaker = <T extends string>(said: T | undefined, expected: T | undefined): boolean =>
  said === expected || said === 'unknown';

const mayBe = (said: ExpectedConnection, expected: ExpectedConnection): boolean =>
  said.path === expected.path &&
  said.database === expected.database &&
  said.proxy === expected.proxy &&
  (said.user === null || said.user === expected.user) &&
  (said.principal === null || said.principal === expected.principal);

/** Everything in a report that contradicts what is expected; empty when it equals it or is weaker. */
export const contradictions = (report: Report, expected: Expected): readonly string[] => {
  const wanted = cells(expected.matrix);
  const said = cells(report.matrix);
  const missing = [...wanted.keys()].filter((key) => !said.has(key)).map((key) => `no cell ${key}`);
  const wrongCells = [...said]
    .filter(([key, cell]) => !weaker(cell, wanted.get(key)))
    .map(([key, cell]) => `cell ${key}: ${cell}, not ${wanted.get(key)}`);
  const wrongConnections = report.connections
    .filter((connection) => !isExpected(connection, expected))
    .map((connection) => `connection ${connectionKey(connection)}: ${connection.verdict}`);
  const allowed = new Set(expected.findings.map(({ policy, address }) => `${policy} ${address}`));
  const wrongFindings = mandatoryFailures(report).filter((key) => !allowed.has(key));
  return [...missing, ...wrongCells, ...wrongConnections, ...wrongFindings.map((key) => `finding ${key}`)];
};

const isExpected = (connection: Connection, expected: Expected): boolean =>
  expected.connections.some((other) => mayBe(connection, other) && weaker<Verdict>(connection.verdict, other.verdict));
