import { type Cell, type MatrixRow, type Path, paths } from '../model/connection.ts';
import type { Report } from '../model/report.ts';
import type { Reporter } from './context.ts';
import { toJson } from './json.ts';
import { type Look, lookOf } from './look.ts';
import { renderDiagnostics } from './pretty/diagnostics.ts';
import { isEmpty, nameOf, renderVerdict } from './pretty/headline.ts';
import { printable } from './printable.ts';

/** The settings alone, for programs: the same keys as in the report. */
export const renderMatrixJson: Reporter = (reports) =>
  toJson(
    reports.map(({ schemaVersion, tool, input, verdict, matrix, diagnostics }) => ({
      schemaVersion,
      tool,
      input,
      // The settings are judged by no policy: that they could be read is all there is to say.
      ...(verdict === 'error' ? { verdict } : {}),
      matrix,
      diagnostics,
    })),
  );

/** The table of settings: for each database, and each proxy in front of it, which ways in its settings offer. */
export const renderMatrix: Reporter = (reports, context) => {
  const look = lookOf(context);
  return reports
    .map((report) => printable(report, context))
    .map((report) => [...(reports.length > 1 ? titleOf(report, look) : []), ...renderReport(report, look)])
    .map((lines) => lines.map((line) => `${line.trimEnd()}\n`).join(''))
    .join('\n');
};

const titleOf = ({ input }: Report, look: Look): readonly string[] => {
  const judged = input.find(({ role }) => role === 'judged');
  return judged === undefined ? [] : [look.bold(nameOf(judged.path)), ''];
};

const renderReport = (report: Report, look: Look): readonly string[] => {
  const warnings = look.quiet ? [] : renderDiagnostics(report.diagnostics, look);
  const apart = warnings.length === 0 ? [] : ['', ...warnings];
  if (isEmpty(report)) return [...renderVerdict(report, look), ...apart];
  return [...renderTable(report.matrix, look), '', ...renderLegend(look), ...apart];
};

const headings: Readonly<Record<Path, readonly [client: string, endpoint: string, proxy: string]>> = {
  'password-rds': ['password', '> RDS', ''],
  'iam-rds': ['IAM', '> RDS', ''],
  'password-proxy-rds': ['password', '> proxy', ''],
  'iam-proxy-rds': ['IAM', '> proxy', ''],
  'iam-proxy-iam-rds': ['IAM', '> proxy', '> IAM'],
};

const roomy = 100;
const cellWidthOf = ({ width }: Look): number => (width >= roomy ? 12 : 9);
const labelGap = 2;

const signs: Readonly<Record<Cell, string>> = { open: 'o', closed: 'x', unusable: '–', unknown: '?' };
const meanings: Readonly<Record<Cell, string>> = {
  open: 'open',
  closed: 'closed by settings',
  unusable: 'offered, and unusable',
  unknown: 'known after apply',
};

const signOf = (cell: Cell, look: Look): string => (look.unicode ? signs[cell] : signs[cell].replace('–', '-'));

const paintCell = (cell: Cell, text: string, look: Look): string =>
  ({ open: look.green, closed: look.dim, unusable: look.red, unknown: look.yellow })[cell](text);

const labelOf = ({ database, proxy }: MatrixRow): string => {
  if (proxy === null) return database ?? '(database not in view)';
  return database === null ? `${proxy} (database not in view)` : `  ${proxy}`;
};

const renderTable = (rows: readonly MatrixRow[], look: Look): readonly string[] => {
  const room = look.width - cellWidthOf(look) * paths.length;
  const longest = Math.max(...rows.map((row) => labelOf(row).length)) + labelGap;
  const labelWidth = Math.min(longest, room);
  return [...renderHeadings(labelWidth, look), ...rows.flatMap((row) => renderRow(row, labelWidth, look))];
};

const renderHeadings = (labelWidth: number, look: Look): readonly string[] =>
  ([0, 1, 2] as const).map((line) => {
    const cells = paths.map((path) => center(headingOf(path, line, look), cellWidthOf(look)));
    return look.bold(`${' '.repeat(labelWidth)}${cells.join('')}`.trimEnd());
  });

const headingOf = (path: Path, line: 0 | 1 | 2, look: Look): string =>
  look.unicode ? headings[path][line].replace('>', '→') : headings[path][line];

/** An address that is longer than its column has a line of its own: it is never cut. */
const renderRow = (row: MatrixRow, labelWidth: number, look: Look): readonly string[] => {
  const label = labelOf(row);
  const cells = paths.map((path) => centerSign(row.paths[path], look)).join('');
  return label.length + labelGap <= labelWidth
    ? [label.padEnd(labelWidth) + cells]
    : [label, ' '.repeat(labelWidth) + cells];
};

const center = (text: string, width: number): string => {
  const left = Math.floor((width - text.length) / 2);
  return `${' '.repeat(left)}${text}`.padEnd(width);
};

/** The sign is painted after it was placed: colours have no width. */
const centerSign = (cell: Cell | undefined, look: Look): string =>
  center(cell === undefined ? '' : signOf(cell, look), cellWidthOf(look)).replace(/\S+/, (sign) =>
    cell === undefined ? sign : paintCell(cell, sign, look),
  );

const renderLegend = (look: Look): readonly string[] => [
  (['open', 'closed', 'unusable', 'unknown'] as const)
    .map((cell) => `${paintCell(cell, signOf(cell, look), look)} ${meanings[cell]}`)
    .join('   '),
];
