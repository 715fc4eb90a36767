import { type Annotation, type Level, annotationsOf, levels } from './annotations/annotation.ts';
import { closingLine } from './annotations/counts.ts';
import type { Reporter } from './context.ts';
import { located } from './located.ts';
import { printable } from './printable.ts';
import { plural } from './text.ts';

/** GitHub shows so many of each level for one step, and drops the others. */
const mostShown = 10;
/** It cuts a message after 4,096 characters, in the middle of whatever is there. */
const longest = 4_000;

/** Workflow commands, which GitHub shows as annotations of a run and its files; then the verdict of each plan. */
export const renderGithub: Reporter = (reports, context) => {
  const shown = reports.map((report) => printable(report, { unicode: true }));
  const all = annotationsOf(
    reports.map((report) => printable(located(report, context), { unicode: true })),
    context,
  );
  const byLevel = levels.map((level) => all.filter((annotation) => annotation.level === level));
  const lines = [
    ...byLevel.flatMap((some) => some.slice(0, mostShown).map(commandOf)),
    ...shown.map((report) => closingLine(report, context)),
    ...cutLine(levels.map((level, index) => [level, (byLevel[index]?.length ?? 0) - mostShown])),
  ];
  return lines.map((line) => `${line}\n`).join('');
};

const commandOf = ({ level, title, headline, help, more, file, region }: Annotation): string => {
  const { line, column, endLine, endColumn } = region;
  // Columns mean nothing where the end is in another line.
  const isOneLine = endLine === undefined || endLine === line;
  const columns = isOneLine ? { col: column, endColumn } : {};
  const properties = { file: file ?? undefined, line, endLine, ...columns, title };
  const written = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeProperty(String(value))}`],
  );
  return `::${level} ${written.join(',')}::${escapeData(clip([headline, help, more].filter((part) => part !== '').join('\n')))}`;
};

const clip = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…`;

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const cutLine = (left: readonly (readonly [Level, number])[]): readonly string[] => {
  const cut = left.filter(([, count]) => count > 0).map(([level, count]) => plural(count, `more ${level}`));
  if (cut.length === 0) return [];
  return [
    `rds-auth-policy: ${cut.join(', ')} not shown: GitHub shows ${mostShown} of each level. For all of them add --output json=FILE, or markdown="$GITHUB_STEP_SUMMARY".`,
  ];
};
