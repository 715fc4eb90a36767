import { isError } from '../model/diagnostic.ts';
import type { Report } from '../model/report.ts';
import type { Reporter } from './context.ts';
import { isHeld, isWaived } from './excused.ts';
import { type Look, lookOf, titled } from './look.ts';
import { renderChanges } from './pretty/changes.ts';
import { renderConnections } from './pretty/connections.ts';
import { renderDiagnostics } from './pretty/diagnostics.ts';
import { renderBaseline, renderExcused, renderHeld } from './pretty/excused.ts';
import { byUrgency, isBrief, renderAdvice, renderFinding, renderUndecided } from './pretty/findings.ts';
import {
  isAnswered,
  isEmpty,
  judgedInput,
  nameOf,
  renderHeadline,
  renderSummary,
  renderVerdict,
} from './pretty/headline.ts';
import { printable } from './printable.ts';
import { isLeftOpen, isToMend } from './standing.ts';
import { hang, layOut, plural } from './text.ts';
import { waysToDecide } from './undecided.ts';

/** The report for people: the verdict, what changes, what is broken and how to mend it, then the rest. */
export const renderPretty: Reporter = (reports, context) => {
  const render = (report: Report): string => {
    const documents = report.input.map(({ path }) => path);
    return renderReport(report, lookOf(context, documents));
  };
  const printed = reports.map((report) => printable(report, context));
  return [...printed.map(render), ...renderTotal(printed, lookOf(context))].join('\n');
};

/** Of many plans, which did not pass: nobody reads all of them to find out. */
const renderTotal = (reports: readonly Report[], look: Look): Block => {
  if (reports.length < 2) return [];
  const rest = reports.filter(({ verdict }) => verdict !== 'pass');
  const passed = reports.length - rest.length;
  const names = rest.map((report) => `${report.verdict.toUpperCase()}  ${nameOf(judgedInput(report)?.path ?? '')}`);
  const total = `${plural(reports.length, 'plan')}: ${passed === reports.length ? 'all pass' : `${passed} ${passed === 1 ? 'passes' : 'pass'}`}.`;
  return [`${[look.bold(total), ...names].join('\n')}\n`];
};

type Block = readonly string[];

const renderReport = (report: Report, look: Look): string => {
  const { diagnostics } = report;
  const errors = renderDiagnostics(diagnostics.filter(isError), look);
  const warnings = renderDiagnostics(
    diagnostics.filter((one) => !isError(one)),
    look,
  );
  const blocks = isEmpty(report)
    ? [renderVerdict(report, look), errors, warnings]
    : [
        renderVerdict(report, look),
        [...renderHeadline(report, look), ...renderChanges(report, look)],
        // What prevents an answer: nothing below it counts before it is mended.
        errors,
        ...brokenBlocks(report, look),
        ...(look.quiet ? [] : quieterBlocks(report, look)),
        warnings,
        isAnswered(report) ? renderSummary(report, look) : [],
      ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
};

const brokenBlocks = ({ connections, findings }: Report, look: Look): readonly Block[] => {
  const failed = byUrgency(findings.filter((finding) => isToMend(finding, look)));
  const brief = failed.filter((finding) => isBrief(finding, look));
  const title = `Advice (${brief.length}), with the edits by --verbose or explain`;
  return [
    ...renderConnections(
      connections.filter(({ verdict }) => verdict === 'unreachable'),
      look,
    ),
    ...failed.filter((finding) => !isBrief(finding, look)).map((finding) => renderFinding(finding, look)),
    titled(title, renderAdvice(brief, look), look),
  ];
};

const quieterBlocks = (report: Report, look: Look): readonly Block[] => {
  const { connections, findings } = report;
  const render = (verdict: 'unknown' | 'reachable'): Block =>
    renderConnections(
      connections.filter((connection) => connection.verdict === verdict),
      look,
    ).flat();
  const open = [
    ...render('unknown'),
    ...renderUndecided(
      findings.filter((finding) => isLeftOpen(finding, look)),
      look,
    ),
  ];
  const [waived, held] = [findings.filter(isWaived), findings.filter(isHeld)];
  return [
    titled(
      `Waived (${waived.length})`,
      byUrgency(waived).flatMap((finding) => renderExcused(finding, look)),
      look,
    ),
    titled(
      `In the baseline (${held.length})`,
      [...renderHeld(byUrgency(held), look), ...renderBaseline(report, look)],
      look,
    ),
    titled('Undecided', [...open, ...renderWaysToDecide(report, look).slice(open.length === 0 ? 1 : 0)], look),
    titled('Working', render('reachable'), look),
    renderAssumptions(report, look),
  ];
};

const renderWaysToDecide = (report: Report, look: Look): Block =>
  waysToDecide(report).flatMap((text, index) => [
    ...(index === 0 ? [''] : []),
    ...layOut(text, look.width).map(({ line, isCode }) => (isCode ? look.bold(line) : line)),
  ]);

/** What the verdicts rest on and no configuration shows: each once, with how often. */
const renderAssumptions = ({ connections }: Report, look: Look): Block => {
  const counts = new Map<string, number>();
  for (const assumption of connections.flatMap(({ assumptions }) => assumptions)) {
    counts.set(assumption, (counts.get(assumption) ?? 0) + 1);
  }
  const lines = [...counts].flatMap(([assumption, count]) => {
    const times = count === 1 ? '' : ` (${plural(count, 'way')} in)`;
    return hang(`${look.dim(look.unicode ? '·' : '-')} `, 2, `${assumption}${times}`, look.width);
  });
  return titled(`Assumed (${counts.size}), since no configuration shows it`, lines, look);
};
