import type { Change } from '../../model/connection.ts';
import type { Report } from '../../model/report.ts';
import { fateOfChange, isAllNew, listedChanges, wordOfChange } from '../changes.ts';
import { type Look, type Mark, paintMark } from '../look.ts';
import { hang, indented, wrap } from '../text.ts';
import { descriptionOf, nodesOf } from './chain.ts';

const changesShown = 10;
/** What is new is listed below anyway. */
const newShown = 5;

/** One line for each way in that the plan breaks, removes, heals or leaves undecided, and for a few new ones. */
export const renderChanges = (report: Report, look: Look): readonly string[] => {
  if (isAllNew(report)) return [];
  const listed = listedChanges(report);
  const old = listed.filter(({ kind }) => kind !== 'appears');
  const fresh = listed.filter(({ kind }) => kind === 'appears');
  const shown = look.verbose ? listed : [...old.slice(0, changesShown), ...fresh.slice(0, newShown)];
  const left = listed.length - shown.length;
  return [
    ...shown.flatMap((change) => renderChange(change, look)),
    ...(left > 0 ? [`  and ${left} more; --verbose shows all`] : []),
  ];
};

const marks: Readonly<Record<Change['kind'], Mark>> = {
  breaks: 'broken',
  undecided: 'unknown',
  goes: 'advice',
  heals: 'ok',
  decided: 'ok',
  appears: 'ok',
};

const markOf = ({ kind, before, after }: Change): Mark => {
  if (kind === 'appears') return after === 'unreachable' ? 'broken' : after === 'unknown' ? 'unknown' : 'ok';
  return kind === 'goes' && before !== 'reachable' ? 'assumed' : marks[kind];
};

const wordWidth = Math.max(...Object.values(wordOfChange).map(({ length }) => length)) + 2;

/** The word says what the mark says: without Unicode the mark is left out. */
export const renderChange = (change: Change, look: Look): readonly string[] => {
  const mark = markOf(change);
  const sign = look.unicode ? `${look.marks[mark]} ` : '';
  const word = wordOfChange[change.kind];
  const label = `  ${paintMark(look, mark, `${sign}${word}`)}${' '.repeat(wordWidth - word.length)}`;
  const indent = 2 + sign.length + wordWidth;
  const route = nodesOf(change).join(look.unicode ? ' → ' : ' -> ');
  const description = [descriptionOf(change), fateOfChange(change)].filter((part) => part !== '').join('   ');
  if (indent + route.length + 3 + description.length <= look.width)
    return [`${label}${route}   ${look.dim(description)}`];
  const room = look.width - indent;
  const below = description.length <= room ? [description] : wrap(description, room);
  return [...hang(label, indent, route, look.width), ...indented(below.map(look.dim), indent)];
};
