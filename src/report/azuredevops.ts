import type { Report } from '../model/report.ts';
import { type Annotation, annotationsOf } from './annotations/annotation.ts';
import { closingLine } from './annotations/counts.ts';
import type { Reporter } from './context.ts';
import { located } from './located.ts';
import { printable } from './printable.ts';
import { firstLineOf } from './text.ts';

/**
 * Logging commands of Azure Pipelines: an issue for each finding, the worst first, since the agent keeps ten of each kind
 * and counts the others; then the verdict of each plan, and the result of the task.
 */
export const renderAzureDevops: Reporter = (reports, context) => {
  const shown = reports.map((report) => printable(report, { unicode: true }));
  const all = annotationsOf(
    reports.map((report) => printable(located(report, context), { unicode: true })),
    context,
  );
  const of = (level: Annotation['level']) => all.filter((annotation) => annotation.level === level);
  const [errors, warnings] = [of('error'), of('warning')];
  const lines = [
    ...[...errors, ...warnings].map(commandOf),
    // The agent knows no notices, and a warning for each thing that is known after apply would hide the others.
    ...of('notice').map(({ rule, headline }) => `${rule}: ${headline}`),
    ...shown.map((report) => closingLine(report, context)),
    `##vso[task.complete result=${resultOf(shown, warnings.length > 0)};]${escapeData(verdictOf(shown))}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
};

const resultOf = (reports: readonly Report[], hasWarnings: boolean): string => {
  if (reports.some(({ verdict }) => verdict !== 'pass')) return 'Failed';
  return hasWarnings ? 'SucceededWithIssues' : 'Succeeded';
};

const verdictOf = (reports: readonly Report[]): string => {
  const worst = (['error', 'fail'] as const).find((verdict) => reports.some((report) => report.verdict === verdict));
  return `rds-auth-policy: ${(worst ?? 'pass').toUpperCase()}`;
};

/** One line: the agent writes the message into the log, where each line is looked at for commands once more. */
const commandOf = ({ level, rule, headline, help, more, file, region }: Annotation): string => {
  const properties = {
    type: level,
    sourcepath: file ?? undefined,
    linenumber: region.line,
    columnnumber: region.column,
    code: rule,
  };
  const written = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeProperty(String(value))};`],
  );
  const said = more === '' ? firstLineOf(help) : `(${more})`;
  return `##vso[task.logissue ${written.join('')}]${escapeData(`${headline} ${said}`.trimEnd())}`;
};

const escapeData = (text: string): string =>
  text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** A property ends at the first `;`, all of them at the first `]`. */
const escapeProperty = (text: string): string => escapeData(text).replaceAll(']', '%5D').replaceAll(';', '%3B');
