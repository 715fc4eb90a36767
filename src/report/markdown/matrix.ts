import { type Cell, type MatrixRow, type Path, paths } from '../../model/connection.ts';
import type { Report } from '../../model/report.ts';
import type { Reporter } from '../context.ts';
import { nameOf } from '../pretty/headline.ts';
import { printable } from '../printable.ts';
import { fitAll } from './budget.ts';
import { code } from './escape.ts';
import { diagnosticItems, judgedPath, whereAll } from './frame.ts';

const headings: Readonly<Record<Path, string>> = {
  'password-rds': 'password → RDS',
  'iam-rds': 'IAM → RDS',
  'password-proxy-rds': 'password → proxy',
  'iam-proxy-rds': 'IAM → proxy',
  'iam-proxy-iam-rds': 'IAM → proxy → IAM',
};

const cells: Readonly<Record<Cell, string>> = {
  open: '**open**',
  closed: 'closed',
  unusable: '✗ **unusable**',
  unknown: '? known after apply',
};

export const matrixHead = [
  `| database | proxy | ${paths.map((path) => headings[path]).join(' | ')} |`,
  `|---|---|${paths.map(() => '---').join('|')}|`,
].join('\n');

export const matrixRow = ({ database, proxy, paths: offered }: MatrixRow): string => {
  const named = [database === null ? 'not in view' : code(database), proxy === null ? '' : code(proxy)];
  const offers = paths.map((path) => {
    const cell = offered[path];
    return cell === undefined ? '' : cells[cell];
  });
  return `| ${[...named, ...offers].join(' | ')} |`;
};

const legend =
  '`closed`: the settings do not offer this way in. `unusable`: they offer it, and it can work for nobody.';

const render = (report: Report, room: number): string => {
  const path = judgedPath(report);
  const title = `## ${path === undefined ? 'Settings' : `Settings of ${code(nameOf(path))}`}`;
  const rows = report.matrix.map(matrixRow);
  const sections = fitAll(
    [
      {
        open: '',
        close: '',
        items: diagnosticItems(report),
        separator: '\n',
        noun: ['message', 'messages'],
        share: 0.5,
      },
      {
        open: `${matrixHead}\n`,
        close: `\n\n${legend}`,
        items: rows,
        separator: '\n',
        noun: ['row', 'rows'],
        share: 1,
      },
    ],
    room,
    whereAll(report, 'matrix '),
  );
  const nothing = rows.length === 0 && report.verdict !== 'error' ? ['No database and no proxy.'] : [];
  return [title, ...nothing, ...sections].join('\n\n');
};

const budget = 60_000;

/** The table of settings for a comment or a summary. */
export const renderMatrixMarkdown: Reporter = (reports) => {
  const room = Math.floor(budget / Math.max(1, reports.length));
  return `${reports.map((report) => render(printable(report, { unicode: true }), room)).join('\n\n')}\n`;
};
