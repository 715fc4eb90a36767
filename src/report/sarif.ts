import type { Diagnostic } from '../model/diagnostic.ts';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Origin } from '../model/value.ts';
import type { ReportContext, Reporter } from './context.ts';
import { isExcused } from './excused.ts';
import { located } from './located.ts';
import { byUrgency } from './pretty/findings.ts';
import { isAnswered, judgedInput } from './pretty/headline.ts';
import { hasLine } from './pretty/place.ts';
import { printable, printableJson } from './printable.ts';
import { fitResults, mostBytes } from './sarif/fit.ts';
import { plainText } from './sarif/message.ts';
import { indexOf, resultsOf } from './sarif/results.ts';
import { rulesOf } from './sarif/rules.ts';
import { folderOf, sourceRoot, uriOf } from './sarif/uri.ts';
import { isLeftOpen, isToMend } from './standing.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** What GitHub takes; it refuses a file that has more. */
const most = { runs: 20, results: 25_000, rules: 25_000 } as const;

/** SARIF 2.1.0 for code scanning: one run for each plan. */
export const renderSarif: Reporter = (reports, context) => {
  const shown = reports.slice(0, most.runs).map((report) => printable(located(report, context), { unicode: true }));
  const ids = runIds(shown);
  const cut = reports.length - shown.length;
  const notes = cut === 0 ? [] : [note(`${cut} more plans are left out: one file holds ${most.runs} runs.`)];
  const write = (results: number): string => {
    const limits = { results, context };
    const runs = shown.map((report, index) => runOf(report, ids[index] ?? '', index === 0 ? notes : [], limits));
    return `${printableJson(JSON.stringify({ $schema: schema, version: '2.1.0', runs }, null, 2))}\n`;
  };
  return fitResults(write, Math.min(most.results, Math.max(0, ...shown.map(({ findings }) => findings.length))));
};

const pathOf = (report: Report): string =>
  judgedInput(report)?.path ?? report.diagnostics.find(({ origin }) => origin?.file !== undefined)?.origin?.file ?? '';

/**
 * GitHub reads the text before the last slash as the category of a run, and replaces the alerts of that category. The
 * folder of the plan is one; plans that share a folder are told apart by their names.
 */
const runIds = (reports: readonly Report[]): readonly string[] => {
  const paths = reports.map(pathOf);
  const folders = paths.map((path) => folderOf(path));
  const isAlone = (folder: string): boolean => folders.filter((other) => other === folder).length === 1;
  const names = folders.map((folder, index) =>
    isAlone(folder) ? folder : `${uriOf(paths[index] ?? '').replace(/^file:\/+/, '')}/`,
  );
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return `rds-auth-policy/${name}${before === 0 ? '' : `${before + 1}/`}`;
  });
};

type Limits = { readonly results: number; readonly context: ReportContext };

const runOf = (report: Report, id: string, notes: readonly Notification[], { results, context }: Limits) => {
  const { tool, verdict } = report;
  const findings = worstFirst(report.findings, context);
  const rules = rulesOf(report, context);
  const [kept, known] = [findings.slice(0, results), rules.slice(0, most.rules)];
  const index = indexOf(known);
  const notifications = [
    ...report.diagnostics.map(notificationOf),
    ...cutNotes(findings.length - kept.length, 'results', results < most.results ? inFile : inRun('results')),
    ...cutNotes(rules.length - known.length, 'rules', inRun('rules')),
    ...notes,
  ];
  return {
    tool: { driver: { name: tool.name, version: tool.version, semanticVersion: tool.version, rules: known } },
    automationDetails: { id },
    invocations: [{ executionSuccessful: verdict !== 'error', toolExecutionNotifications: notifications }],
    ...columnsOf(report),
    // Without an answer there are no results, which is not the same as none: an empty list would close all alerts.
    ...(isAnswered(report) ? { results: resultsOf(kept, index, report, context) } : {}),
  };
};

/** Columns in source are counted in characters; where there are none, as most programs count. */
const columnsOf = (report: Report) =>
  hasSource(report)
    ? {
        columnKind: 'unicodeCodePoints',
        // Where that is, is for the reader of the file to say: a path of this machine means nothing there.
        originalUriBaseIds: { [sourceRoot]: { description: { text: 'The root of the repository.' } } },
      }
    : { columnKind: 'utf16CodeUnits' };

const hasSource = ({ findings }: Report): boolean => findings.some(({ origins }) => origins.some(hasLine));

/** What is to be mended before what is left open, and what is excused last; each the most urgent first. */
const worstFirst = (findings: readonly Finding[], context: ReportContext): readonly Finding[] =>
  [isToMend, isLeftOpen, isExcused].flatMap((is) => byUrgency(findings.filter((finding) => is(finding, context))));

type Notification = ReturnType<typeof note>;

const note = (text: string) => ({ level: 'warning' as Diagnostic['severity'], message: { text } });

const inFile = `GitHub takes no file of more than ${mostBytes / 1_000_000} MB, compressed`;
const inRun = (what: 'results' | 'rules'): string => `one run holds ${most[what]}`;

const cutNotes = (count: number, what: 'results' | 'rules', why: string): readonly Notification[] =>
  count <= 0 ? [] : [note(`${count} ${what} are left out: ${why}. The JSON report has all.`)];

const notificationOf = ({ severity, code, summary, detail, origin }: Diagnostic) => ({
  level: severity,
  descriptor: { id: code },
  message: { text: plainText([summary, detail].filter((part) => part !== undefined).join('\n')) },
  ...(origin?.file === undefined
    ? {}
    : {
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: uriOf(origin.file) },
              ...(origin.line === undefined ? {} : { region: openRegionOf(origin.line, origin) }),
            },
          },
        ],
      }),
});

/** An end is said where it is known. */
const openRegionOf = (line: number, { column, endLine, endColumn }: Partial<Origin>) => ({
  startLine: line,
  startColumn: column ?? 1,
  ...(endLine === undefined ? {} : { endLine }),
  ...(endColumn === undefined ? {} : { endColumn }),
});
