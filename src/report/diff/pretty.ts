import type { CellChange, Comparison, FindingChange } from '../../model/comparison.ts';
import { paths } from '../../model/connection.ts';
import { groupBy } from '../../model/group-by.ts';
import type { ReportInput } from '../../model/report.ts';
import { worstFirst } from '../changes.ts';
import type { ReportContext } from '../context.ts';
import { isWaived } from '../excused.ts';
import { type Look, type Mark, lookOf, paintMark, titled } from '../look.ts';
import { renderChange } from '../pretty/changes.ts';
import { renderDiagnostics } from '../pretty/diagnostics.ts';
import { nameOf } from '../pretty/headline.ts';
import { printable } from '../printable.ts';
import { hang, wrap } from '../text.ts';
import { sentenceOf, wordsOf } from './sentence.ts';

type Block = readonly string[];

/** The differences for people: what is worse first. */
export const renderDiff = (comparison: Comparison, context: ReportContext): string => {
  const look = lookOf(context);
  const spoken = printable(comparison, context);
  const blocks: readonly Block[] = [
    titleOf(spoken, look),
    wrap(sentenceOf(spoken), look.width).map(look.bold),
    titled(
      'Ways in',
      worstFirst(spoken.changes).flatMap((change) => renderChange(change, look)),
      look,
    ),
    titled('Settings', settingLines(spoken.matrix, look), look),
    titled(
      'Findings',
      byWeight(spoken.findings).flatMap((change) => findingLines(change, look)),
      look,
    ),
    look.quiet ? [] : renderDiagnostics(spoken.diagnostics, look),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
};

const words = { pass: ['OK', 'green'], fail: ['WORSE', 'red'], error: ['ERROR', 'red'] } as const;

const titleOf = ({ verdict, before, after }: Comparison, look: Look): Block => {
  const [word, color] = words[verdict];
  const arrow = look.unicode ? '→' : '->';
  return hang(
    `${look.bold(look[color](word))}  `,
    word.length + 2,
    `${judgedName(before)} ${arrow} ${judgedName(after)}`,
    look.width,
  );
};

export const judgedName = (inputs: readonly ReportInput[]): string =>
  nameOf(inputs.find(({ role }) => role === 'judged')?.path ?? '');

/** The cells of a row below its name. */
const settingLines = (cells: readonly CellChange[], look: Look): Block => {
  const arrow = look.unicode ? ' → ' : ' -> ';
  const rows = groupBy(cells, ({ proxy, database }) => [proxy, database].filter((name) => name !== null).join(arrow));
  const width = Math.max(...paths.map(({ length }) => length));
  return [...rows].flatMap(([place, own]) => [
    ...hang('  ', 2, place, look.width),
    ...own.map(({ path, before, after }) => `    ${path.padEnd(width)}  ${before ?? 'none'}${arrow}${after ?? 'none'}`),
  ]);
};

const isGrave = (finding: FindingChange['finding']): boolean =>
  finding.enforcement === 'mandatory' && !isWaived(finding);

const rank = ({ kind, after, finding }: FindingChange): number =>
  (kind === 'goes' ? 4 : 0) + (after === 'fail' ? 0 : 2) + (isGrave(finding) ? 0 : 1);

/** What has to be mended comes first, what is gone last. */
export const byWeight = (findings: readonly FindingChange[]): readonly FindingChange[] =>
  [...findings].sort((left, right) => rank(left) - rank(right));

const markOf = ({ kind, after, finding }: FindingChange): Mark => {
  if (kind === 'goes') return 'ok';
  if (after === 'unknown') return 'unknown';
  return isGrave(finding) ? 'broken' : 'advice';
};

const findingLines = (change: FindingChange, look: Look): Block => {
  const { finding } = change;
  const mark = markOf(change);
  const sign = look.unicode ? `${look.marks[mark]} ` : '';
  const facts = [finding.policy, finding.severity, finding.enforcement, finding.address].join(look.dot);
  const label = `  ${paintMark(look, mark, `${sign}${wordsOf(change)}`)}  `;
  return [
    ...hang(label, 4 + sign.length + wordsOf(change).length, facts, look.width),
    ...(change.kind === 'goes' ? [] : hang('      ', 6, finding.message.replaceAll('\n', ' '), look.width)),
  ];
};
