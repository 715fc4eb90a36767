import type { Cell, MatrixRow, Path } from '../model/connection.ts';
import type { Finding } from '../model/finding.ts';
import { builtinPolicies } from '../policy/builtin.generated.ts';
import { type ExpectedConnection, connectionKey } from './expected.ts';

/** What two reports are compared by; a report is one, and so is what is expected of one. */
export type Judged = {
  readonly matrix: readonly MatrixRow[];
  readonly connections: readonly (ExpectedConnection & { readonly assumptions?: readonly string[] })[];
  /** Without an outcome: it fails. */
  readonly findings: readonly (Pick<Finding, 'policy' | 'address'> & { readonly outcome?: Finding['outcome'] })[];
};

type JudgedConnection = Judged['connections'][number];

/**
 * Where the text of a configuration takes back what the plan alone decided: a cell, a verdict, or a finding that fails.
 * To become undecided is to be taken back too. What rests on a reference used whole may be overturned. A plan that hides
 * the user, the principal or the database of a connection stands for each of those that the text shows: one of them must
 * keep the verdict.
 */
export const contradictionsBetween = (planAlone: Judged, withSource: Judged): readonly string[] => [
  ...planAlone.matrix.flatMap((row) => cellsTakenBack(row, planAlone, withSource)),
  ...connectionsTakenBack(planAlone, withSource),
  ...findingsTakenBack(planAlone, withSource),
];

const cellsTakenBack = (row: MatrixRow, planAlone: Judged, withSource: Judged): readonly string[] => {
  const rows = withSource.matrix.filter(
    ({ database, proxy }) => proxy === row.proxy && (row.database === null || database === row.database),
  );
  return pathsOf(row).flatMap(([path, cell]) => {
    const said = rows.map(({ paths }) => paths[path]);
    if (cell === 'unknown' || said.includes(cell) || restsOnUse(row, path, planAlone)) return [];
    const key = [row.database, row.proxy, path].join(' | ');
    return [`cell ${key}: ${cell} became ${said.join(', ') || 'missing'}`];
  });
};

const pathsOf = ({ paths }: MatrixRow): readonly (readonly [Path, Cell])[] =>
  Object.entries(paths).map(([path, cell]) => [path as Path, cell]);

const restsOnUse = (row: MatrixRow, path: Path, { connections }: Judged): boolean =>
  connections.some(
    (connection) =>
      connection.path === path &&
      connection.database === row.database &&
      connection.proxy === row.proxy &&
      isUsedWhole(connection),
  );

const isUsedWhole = ({ assumptions = [] }: JudgedConnection): boolean =>
  assumptions.some((assumption) => assumption.startsWith('reference used whole'));

const connectionsTakenBack = (planAlone: Judged, withSource: Judged): readonly string[] =>
  planAlone.connections.flatMap((connection) => {
    if (connection.verdict === 'unknown' || isUsedWhole(connection)) return [];
    const verdicts = withSource.connections.filter((other) => mayBe(connection, other)).map(({ verdict }) => verdict);
    if (verdicts.includes(connection.verdict)) return [];
    const became = [...new Set(verdicts)].join(', ') || 'missing';
    return [`connection ${connectionKey(connection)}: ${connection.verdict} became ${became}`];
  });

const mayBe = (hidden: ExpectedConnection, shown: ExpectedConnection): boolean =>
  hidden.path === shown.path &&
  hidden.proxy === shown.proxy &&
  (hidden.database === null || hidden.database === shown.database) &&
  (hidden.user === null || hidden.user === shown.user) &&
  (hidden.principal === null || hidden.principal === shown.principal);

const findingsTakenBack = (planAlone: Judged, withSource: Judged): readonly string[] => {
  const failures = failuresOf(withSource);
  return [...failuresOf(planAlone)].filter((key) => !failures.has(key)).map((key) => `finding ${key}: no longer fails`);
};

const failuresOf = ({ findings }: Judged): ReadonlySet<string> =>
  new Set(
    findings.filter(({ outcome = 'fail' }) => outcome === 'fail').map(({ policy, address }) => `${policy} ${address}`),
  );

const reachability = new Set(
  builtinPolicies.filter(({ policy }) => policy.set === 'reachability').map(({ policy }) => policy.id),
);

/** What applying must not take back: other sets judge what a plan does, too, or who wrote a value. */
export const ofLogins = ({ matrix, connections, findings }: Judged): Judged => ({
  matrix,
  connections,
  findings: findings.filter(({ policy }) => reachability.has(policy)),
});
