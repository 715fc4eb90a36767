import type { Report } from '../model/report.ts';
import type { Reporter } from './context.ts';
import { isHeld, isWaived } from './excused.ts';
import { type Look, lookOf } from './look.ts';
import { type Section, fitAll, fitShares } from './markdown/budget.ts';
import { code, typed } from './markdown/escape.ts';
import { briefItem, excusedItem, findingItem, undecidedChecks } from './markdown/findings.ts';
import { diagnosticItems, headBlocks, judgedPath, whereAll } from './markdown/frame.ts';
import { matrixHead, matrixRow } from './markdown/matrix.ts';
import { blocksOf } from './markdown/text.ts';
import { assumptionItems, changeItems, foldedWay, undecidedItem, workingItem } from './markdown/ways.ts';
import { byUrgency, explainCommand, isBrief } from './pretty/findings.ts';
import { isEmpty, summaryOf } from './pretty/headline.ts';
import { printable } from './printable.ts';
import { isLeftOpen, isToMend } from './standing.ts';
import { plural } from './text.ts';
import { waysToDecide } from './undecided.ts';

// A comment on GitHub holds 65,536 characters, and other hosts hold more. What is over that is refused as a whole.
const budget = 60_000;
/** With less than that a report says nothing. */
const leastRoom = 1_000;

/** The report for a comment on a pull request or the summary of a job: what changes first, what is long folded away. */
export const renderMarkdown: Reporter = (reports, context) => {
  const shown = reports.slice(0, Math.floor(budget / leastRoom) - 1);
  const rest = reports.slice(shown.length);
  const texts = shareRoom(
    shown.map((report) => printable(report, { unicode: true })),
    (report, room) => renderReport(report, context, room),
  );
  return `${[...texts, ...cutNote(rest)].join('\n\n')}\n`;
};

/** Each plan has the same room, and what one does not need is for those that need more: so these are written last. */
const shareRoom = (reports: readonly Report[], render: (report: Report, room: number) => string): readonly string[] => {
  const room = budget - leastRoom;
  if (reports.length === 1) return reports.map((report) => render(report, room));
  const needs = reports.map((report, index) => ({ report, index, need: render(report, room).length }));
  const texts: string[] = [];
  let left = room;
  for (const [done, { report, index }] of [...needs].sort((a, b) => a.need - b.need).entries()) {
    const text = render(report, left / (reports.length - done));
    left -= text.length;
    texts[index] = text;
  }
  return texts;
};

const cutNote = (rest: readonly Report[]): readonly string[] => {
  if (rest.length === 0) return [];
  const failed = rest.filter(({ verdict }) => verdict !== 'pass').length;
  return [`## And ${plural(rest.length, 'more plan')}`, `${failed} of them did not pass. Check them by themselves.`];
};

const renderReport = (report: Report, context: Parameters<Reporter>[1], room: number): string => {
  const documents = report.input.map(({ path }) => path);
  // No terminal shows this text: it always is Unicode.
  const look = lookOf({ ...context, color: false, unicode: true }, documents);
  const head = headBlocks(report, look);
  const summary = report.verdict === 'error' || isEmpty(report) ? [] : [summaryOf(report).join(' ')];
  const fixed = [...head, ...summary].join('\n\n').length;
  const free = Math.floor(room) - fixed;
  const where = whereAll(report);
  const kept = fitShares([warnings(report)], free, where).join('').length;
  const sections = isEmpty(report) ? [] : sectionsOf(report, look);
  const texts = fitAll(sections, free - kept, where);
  const problems = fitAll([warnings(report)], free - texts.join('').length, where);
  // What keeps the question from being answered is said before anything else.
  const body = report.verdict === 'error' ? [...problems, ...texts] : [...texts, ...problems];
  return [...head, ...body, ...summary].join('\n\n');
};

type Part = Pick<Section, 'items' | 'noun'> & Partial<Section>;

const section = (part: Part): Section => ({ open: '', close: '', separator: '\n', share: 1, ...part });

const titled = (title: string, part: Part): Section =>
  section({ open: `### ${title}\n\n`, separator: '\n\n', ...part });

const folded = (title: string, part: Part): Section => {
  const open = `<details><summary>${title}</summary>\n\n${part.open ?? ''}`;
  return section({ ...part, open, close: '\n\n</details>' });
};

const warnings = (report: Report): Section =>
  section({ items: diagnosticItems(report), noun: ['message', 'messages'], separator: '\n\n', share: 0.3 });

const sectionsOf = (report: Report, look: Look): readonly Section[] => [
  section({ items: changeItems(report), noun: ['change', 'changes'], share: 0.15 }),
  ...brokenSections(report, look),
  ...(look.quiet ? [] : quieterSections(report, look)),
];

const brokenSections = (report: Report, look: Look): readonly Section[] => {
  const { connections, findings, policies } = report;
  const broken = connections.filter(({ verdict }) => verdict === 'unreachable');
  const failed = byUrgency(findings.filter((finding) => isToMend(finding, look)));
  const brief = failed.filter((finding) => isBrief(finding, look));
  const full = failed.filter((finding) => !isBrief(finding, look));
  const byId = new Map(policies.map((policy) => [policy.id, policy]));
  const path = judgedPath(report) ?? 'PLAN';
  return [
    titled(`${plural(broken.length, 'way')} in cannot work`, {
      items: broken.map((connection) => foldedWay(connection, path, look)),
      noun: ['broken way in', 'broken ways in'],
      share: 0.4,
    }),
    titled(plural(full.length, 'finding'), {
      items: full.map((finding) => findingItem(finding, byId, look)),
      noun: ['finding', 'findings'],
      share: 0.8,
    }),
    folded(`Advice: ${plural(brief.length, 'finding')}`, {
      open: `${code(explainCommand('ID', typed(path)))} has the edit of each.\n\n`,
      items: brief.map(briefItem),
      noun: ['piece of advice', 'pieces of advice'],
      share: 0.25,
    }),
  ];
};

const quieterSections = (report: Report, look: Look): readonly Section[] => {
  const { connections, findings, matrix } = report;
  const of = (wanted: string) => connections.filter(({ verdict }) => verdict === wanted);
  const [unknown, works] = [of('unknown'), of('reachable')];
  const undecided = findings.filter((finding) => isLeftOpen(finding, look));
  const [waived, held] = [byUrgency(findings.filter(isWaived)), byUrgency(findings.filter(isHeld))];
  const assumptions = assumptionItems(connections);
  const path = judgedPath(report) ?? 'PLAN';
  const open = `${plural(unknown.length, 'way')} in, ${plural(undecided.length, 'check')}`;
  return [
    folded(`Waived: ${plural(waived.length, 'finding')}`, {
      items: waived.map(excusedItem),
      noun: ['waived finding', 'waived findings'],
      share: 0.5,
    }),
    folded(`In the baseline: ${plural(held.length, 'finding')}`, {
      items: held.map(excusedItem),
      noun: ['finding in the baseline', 'findings in the baseline'],
      share: 0.3,
    }),
    folded(`Undecided: ${open}`, {
      open: waysToDecide(report)
        .flatMap((text) => blocksOf(text, { language: 'sh' }))
        .map((block) => `${block}\n\n`)
        .join(''),
      items: [...unknown.map((connection) => undecidedItem(connection, look)), ...undecidedChecks(undecided)],
      noun: ['undecided', 'undecided'],
    }),
    folded(`Working: ${plural(works.length, 'way')} in`, {
      items: works.map((way) => (look.verbose ? foldedWay(way, path, look) : workingItem(way))),
      noun: ['way in that works', 'ways in that work'],
      separator: look.verbose ? '\n\n' : '\n',
    }),
    folded(`Assumed, since no configuration shows it: ${assumptions.length}`, {
      items: assumptions,
      noun: ['assumption', 'assumptions'],
    }),
    folded('Settings', { open: `${matrixHead}\n`, items: matrix.map(matrixRow), noun: ['row', 'rows'] }),
  ];
};
