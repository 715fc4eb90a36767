import type { CellChange, Comparison, FindingChange } from '../../model/comparison.ts';
import { worstFirst } from '../changes.ts';
import { fitAll } from '../markdown/budget.ts';
import { code, prose } from '../markdown/escape.ts';
import { changeItem } from '../markdown/ways.ts';
import { printable } from '../printable.ts';
import { byWeight, judgedName } from './pretty.ts';
import { sentenceOf, wordsOf } from './sentence.ts';

const budget = 60_000;

const signs = { pass: '✅ No worse', fail: '❌ Worse', error: '⚠️ ERROR' } as const;

/** The differences for a comment on a pull request. */
export const renderDiffMarkdown = (comparison: Comparison): string => {
  const spoken = printable(comparison, { unicode: true });
  const { verdict, before, after } = spoken;
  const title = `## ${signs[verdict]}: ${code(judgedName(before))} → ${code(judgedName(after))}`;
  const sections = fitAll(
    [
      list('Ways in', worstFirst(spoken.changes).map(changeItem), ['way in', 'ways in']),
      list('Findings', byWeight(spoken.findings).map(findingItem), ['finding', 'findings']),
      list('Settings', spoken.matrix.map(cellItem), ['setting', 'settings']),
      list(
        'Messages',
        spoken.diagnostics.map(({ summary }) => `- ${prose(summary)}`),
        ['message', 'messages'],
      ),
    ],
    budget,
    code('rds-auth-policy diff'),
  );
  return `${[title, `**${sentenceOf(spoken)}**`, ...sections].join('\n\n')}\n`;
};

const list = (title: string, items: readonly string[], noun: readonly [one: string, many: string]) => ({
  open: `### ${title}\n\n`,
  close: '',
  items,
  separator: '\n',
  noun,
  share: 0.5,
});

const cellItem = ({ database, proxy, path, before, after }: CellChange): string =>
  `- ${[proxy, database].flatMap((name) => (name === null ? [] : [code(name)])).join(' → ')}: ${path} ${before ?? 'none'} → **${after ?? 'none'}**`;

const findingItem = (change: FindingChange): string => {
  const { policy, severity, enforcement, address, message } = change.finding;
  const said = change.kind === 'goes' ? '' : `: ${prose(message)}`;
  return `- **${wordsOf(change)}** ${code(policy)} (${severity}, ${enforcement}) ${code(address)}${said}`;
};
