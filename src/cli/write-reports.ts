import { resolve } from 'node:path';
import type { Checked, Report, Surroundings } from '../index.ts';
import { appendOutput, writeOutput } from '../io/write-output.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ReportContext } from '../report/context.ts';
import { type View, isForElsewhere, loadReporter, showsSurroundings } from '../report/index.ts';
import { renderProblems } from '../report/pretty/diagnostics.ts';
import { isAnswered } from '../report/pretty/headline.ts';
import { contextFor, contextForFile } from './appearance.ts';
import { type Excerpts as SourceExcerpts, excerptsFrom } from './excerpts.ts';
import type { Invocation } from './invocation.ts';
import type { Streams } from './streams.ts';

type Excerpts = SourceExcerpts & Pick<ReportContext, 'surroundings'>;

/** Prints the reports and writes the files that were asked for. The result is the number of files that failed. */
export const writeReports = async (
  checked: readonly Checked[],
  invocation: Invocation,
  streams: Streams,
): Promise<number> => {
  const reports = checked.map(({ report }) => report);
  const excerpts = { ...(await excerptsFrom(checked)), ...(await surroundingsFrom(checked, invocation)) };
  const failures = await writeFiles(reports, invocation, streams.env, excerpts);
  await print(reports, invocation, streams, excerpts);
  printProblems([...problemsOf(reports, invocation, streams), ...failures], invocation, streams, excerpts);
  return failures.length;
};

const viewOf = ({ command }: Invocation): View => (command === 'matrix' || command === 'graph' ? command : 'check');

/** What drawings show beside the reports; looked for only where something is drawn. */
const surroundingsFrom = async (
  checked: readonly Checked[],
  { format, outputs }: Invocation,
): Promise<Pick<ReportContext, 'surroundings'>> => {
  if (![format, ...outputs.map((output) => output.format)].some(showsSurroundings)) return {};
  const found = new Map<Report, Surroundings>();
  for (const { report, surroundings } of checked) {
    if (surroundings !== undefined) found.set(report, await surroundings());
  }
  return { surroundings: found };
};

const writeFiles = async (
  reports: readonly Report[],
  invocation: Invocation,
  env: Streams['env'],
  excerpts: Excerpts,
): Promise<readonly Diagnostic[]> => {
  const failures: Diagnostic[] = [];
  for (const { format, path } of invocation.outputs) {
    const render = await loadReporter(viewOf(invocation), format);
    const write = isJobSummary(path, env) ? appendOutput : writeOutput;
    const failure = write(path, render(reports, { ...contextForFile(invocation), ...excerpts }));
    if (failure !== null) failures.push(failure);
  }
  return failures;
};

/** The summary of a step on GitHub belongs to all programs of that step. */
const isJobSummary = (path: string, { GITHUB_STEP_SUMMARY: summary = '' }: Streams['env']): boolean =>
  summary !== '' && resolve(summary) === resolve(path);

/** A report that answers nothing is a sentence on standard error; the formats for elsewhere say it themselves as well. */
const isPrinted = isAnswered;

const print = async (
  reports: readonly Report[],
  invocation: Invocation,
  { stdout, env }: Streams,
  excerpts: Excerpts,
): Promise<void> => {
  const { format } = invocation;
  const printed = isForElsewhere(format) ? reports : reports.filter(isPrinted);
  if (printed.length === 0) return;
  const render = await loadReporter(viewOf(invocation), format);
  stdout.write(render(printed, { ...contextFor(stdout, env, invocation), ...excerpts }));
};

const problemsOf = (reports: readonly Report[], { format }: Invocation, { stdout }: Streams): readonly Diagnostic[] => {
  // Who sees the report on a terminal has read them there.
  const isSeen = !isForElsewhere(format) && stdout.isTTY === true;
  const silent = isSeen ? reports.filter((report) => !isPrinted(report)) : reports;
  const errors = silent.flatMap(({ diagnostics }) => diagnostics).filter(({ severity }) => severity === 'error');
  return [...new Map(errors.map((error) => [JSON.stringify(error), error])).values()];
};

const printProblems = (
  problems: readonly Diagnostic[],
  invocation: Invocation,
  streams: Streams,
  excerpts: Excerpts,
): void => {
  if (problems.length === 0) return;
  const { stderr, env } = streams;
  stderr.write(renderProblems(problems, { ...contextFor(stderr, env, invocation), ...excerpts }));
};
