import {
  type Baseline,
  type DetectedDocument,
  type Report,
  baselineOf,
  compareWithBaseline,
  previousAddresses,
  readBaseline,
} from '../index.ts';
import { sourceLimits, textReader } from '../io/read-text.ts';
import { writeOutput } from '../io/write-output.ts';
import { type Diagnostic, refusal } from '../model/diagnostic.ts';
import { renderBaseline } from '../report/baseline.ts';
import { plural } from '../report/text.ts';
import type { Invocation } from './invocation.ts';
import type { Streams } from './streams.ts';

type Wishes = Pick<Invocation, 'baseline' | 'newBaseline' | 'quiet'>;

type Baselines = {
  readonly diagnostics: readonly Diagnostic[];
  readonly judge: (report: Report, document: DetectedDocument) => Report;
};

/** Reads the file of --baseline, or writes that of --write-baseline once there is a report. */
export const openBaselines = (
  { baseline, newBaseline, quiet }: Wishes,
  { stderr }: Pick<Streams, 'stderr'>,
): Baselines => {
  if (newBaseline !== undefined) {
    const judge: Baselines['judge'] = (report, document) => {
      const written = writeBaseline(report, document, newBaseline);
      if (!quiet || written.report.verdict === 'error') stderr.write(written.note);
      return written.report;
    };
    return { diagnostics: [], judge };
  }
  const opened = openBaseline(baseline ?? '');
  if (!opened.ok) return { diagnostics: [opened.diagnostic], judge: (report) => report };
  return { diagnostics: [], judge: (report, document) => judgeBy(report, document, opened) };
};

type Opened = { readonly path: string; readonly baseline: Baseline };

const openBaseline = (
  path: string,
): (Opened & { readonly ok: true }) | { readonly ok: false; readonly diagnostic: Diagnostic } => {
  const read = textReader(sourceLimits)(path);
  if (!read.ok) {
    const detail = 'To write one:\n  rds-auth-policy PLAN --write-baseline FILE';
    return { ok: false, diagnostic: refusal(path, 'baseline-not-found', read.summary, detail) };
  }
  const opened = readBaseline(read.text, path);
  return opened.ok ? { ...opened, path } : opened;
};

const judgeBy = (report: Report, document: DetectedDocument, { path, baseline }: Opened): Report =>
  compareWithBaseline(report, { path, baseline, previous: previousAddresses(document) });

type Written = {
  readonly report: Report;
  /** What to say of it. */
  readonly note: string;
};

const otherSummary = 'This file is there, and is no baseline.';

/** Whether something else stands there, which nobody wants to lose to a baseline. */
const isOther = (path: string): boolean => {
  const read = textReader(sourceLimits)(path);
  return read.ok && read.text.trim() !== '' && !readBaseline(read.text, path).ok;
};

/** An answer that is missing is nothing to hold on to. */
const writeBaseline = (report: Report, document: DetectedDocument, path: string): Written => {
  if (report.verdict === 'error') return { report, note: `${path} is not written: there is no answer to write.\n` };
  const baseline = baselineOf(report.findings);
  const failure = isOther(path)
    ? refusal(path, 'output-not-written', otherSummary)
    : writeOutput(path, renderBaseline(baseline));
  if (failure !== null) {
    const diagnostics = [...report.diagnostics, { ...failure, detail: 'The baseline was not written to this file.' }];
    return { report: { ...report, verdict: 'error', diagnostics }, note: '' };
  }
  const undecided = baseline.findings.filter(({ outcome }) => outcome === 'unknown').length;
  const rest = undecided === 0 ? '' : `, ${undecided} undecided`;
  return {
    report: judgeBy(report, document, { path, baseline }),
    note: `${path}: ${plural(baseline.findings.length, 'finding')} written${rest}.\n`,
  };
};
