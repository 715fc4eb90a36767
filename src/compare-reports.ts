import { compareConnections } from './analysis/changes.ts';
import type { CellChange, Comparison, FindingChange } from './model/comparison.ts';
import { type MatrixRow, paths } from './model/connection.ts';
import { distinctDiagnostics } from './model/diagnostic.ts';
import { type Finding, failsRun } from './model/finding.ts';
import type { Report } from './model/report.ts';

/** What is different between two reports, each of a plan or state of its own: ways in, settings and findings. */
export const compareReports = (before: Report, after: Report): Comparison => {
  const changes = compareConnections(before.connections, after.connections);
  const findings = compareFindings(before.findings, after.findings);
  const { schemaVersion, tool } = after;
  const isWorse = changes.some(({ kind }) => kind === 'breaks') || findings.some(isNewFailure(before));
  const isError = [before, after].some(({ verdict }) => verdict === 'error');
  return {
    schemaVersion,
    tool,
    verdict: isError ? 'error' : isWorse ? 'fail' : 'pass',
    before: before.input,
    after: after.input,
    changes,
    matrix: compareMatrix(before.matrix, after.matrix),
    findings,
    diagnostics: distinctDiagnostics([...before.diagnostics, ...after.diagnostics]),
  };
};

/** One that failed the run before is nothing new, whatever its words. */
const isNewFailure =
  ({ findings }: Report) =>
  ({ kind, finding }: FindingChange): boolean =>
    kind !== 'goes' &&
    failsRun(finding) &&
    !findings.some((earlier) => earlier.fingerprint === finding.fingerprint && failsRun(earlier));

const compareFindings = (before: readonly Finding[], after: readonly Finding[]): readonly FindingChange[] => {
  const earlier = new Map(before.map((finding) => [finding.fingerprint, finding]));
  const later = new Map(after.map((finding) => [finding.fingerprint, finding]));
  const present = after.flatMap((finding): readonly FindingChange[] => {
    const old = earlier.get(finding.fingerprint);
    if (old === undefined) return [{ kind: 'appears', before: null, after: finding.outcome, finding }];
    if (isSame(old, finding)) return [];
    return [{ kind: 'differs', before: old.outcome, after: finding.outcome, finding }];
  });
  const gone = before
    .filter(({ fingerprint }) => !later.has(fingerprint))
    .map((finding): FindingChange => ({ kind: 'goes', before: finding.outcome, after: null, finding }));
  return [...present, ...gone].sort((left, right) => compare(keyOf(left.finding), keyOf(right.finding)));
};

/** Whether a reader has nothing new to read: other words, or other places, are no difference. */
const isSame = (before: Finding, after: Finding): boolean =>
  before.outcome === after.outcome &&
  before.enforcement === after.enforcement &&
  (before.waiver === null) === (after.waiver === null);

const compareMatrix = (before: readonly MatrixRow[], after: readonly MatrixRow[]): readonly CellChange[] => {
  const earlier = new Map(before.map((row) => [rowKey(row), row]));
  const later = new Map(after.map((row) => [rowKey(row), row]));
  const rows = [...new Map([...earlier, ...later])].sort(([a], [b]) => compare(a, b));
  return rows.flatMap(([key, { database, proxy }]) =>
    paths.flatMap((path) => {
      const cells = { before: cellOf(earlier.get(key), path), after: cellOf(later.get(key), path) };
      return cells.before === cells.after ? [] : [{ database, proxy, path, ...cells }];
    }),
  );
};

const cellOf = (row: MatrixRow | undefined, path: CellChange['path']): CellChange['before'] => row?.paths[path] ?? null;

/** Null first, as in the matrix. */
const rowKey = ({ database, proxy }: MatrixRow): string => `${database ?? ''}\0${proxy ?? ''}`;

const keyOf = ({ policy, address }: Finding): string => `${policy}\0${address}`;

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
